//! The first part of an attack: cuts without a quota, in batches.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use droppoint_clients::http2::Http2;
use tokio::time::sleep;

use crate::check::{Faults, check_folder, remove_unknown};
use crate::client::{Client, Cut, Whole, send_http2};
use crate::clock::now_ns;
use crate::control::{Control, STUCK, id_of};
use crate::departure::Departure;
use crate::job::{Job, Stop};
use crate::phase::{Phase, Record, classify};
use crate::plan::{Aim, Plan};
use crate::store::Location;
use crate::watch::Watch;

/// How many cuts there are between two looks at disk and index.
pub const BATCH: usize = 250;
/// A save that has not begun by now was never wholly sent, or begins later; its
/// record comes with the batch then.
const BEGINS_NS: u64 = 4_000_000;
/// Between two questions about one save.
const TURN: std::time::Duration = std::time::Duration::from_millis(1);

/// What all parts of an attack on one store share.
pub struct Session<'a> {
    pub(crate) client: Client,
    pub(crate) location: Location,
    pub(crate) control: Control,
    pub(crate) plan: Plan,
    pub(crate) job: &'a Job<'a>,
    pub(crate) saves: u64,
    records: BTreeMap<u64, Record>,
    batch: BTreeMap<u64, (u64, Departure)>,
    pub(crate) answered: BTreeSet<String>,
    last_left_ns: u64,
    /// What has been found so far.
    pub tally: Tally,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Cuts by way and phase.
    pub ways: BTreeMap<Departure, BTreeMap<Phase, u64>>,
    /// What was left behind.
    pub faults: Faults,
    /// Cuts whose file is stored.
    pub stored: u64,
    /// The longest time until a whole save was answered, in nanoseconds.
    pub usable_ns: u64,
}

impl Tally {
    /// How many cuts landed in each phase.
    #[must_use]
    pub fn landed(&self) -> BTreeMap<Phase, u64> {
        let mut landed = BTreeMap::new();
        for (&phase, count) in self.ways.values().flatten() {
            *landed.entry(phase).or_default() += count;
        }
        landed
    }
}

impl<'a> Session<'a> {
    /// Connects to a store.
    ///
    /// # Errors
    /// When nothing listens.
    pub async fn open(job: &'a Job<'a>, location: Location) -> Result<Session<'a>, String> {
        let client = Client {
            to: location.to,
            size: job.size,
            watch: Watch::open(&location.folder)
                .map_err(|error| format!("its folder cannot be watched: {error}"))?
                .map(Arc::new),
        };
        let control = Control::open(client.clone())
            .await
            .map_err(|error| format!("it cannot be reached: {error}"))?;
        Ok(Session {
            plan: Plan::new(job.ways, job.cuts, client.watch.is_some()),
            client,
            location,
            control,
            job,
            saves: 0,
            records: BTreeMap::new(),
            batch: BTreeMap::new(),
            answered: BTreeSet::new(),
            last_left_ns: now_ns(),
            tally: Tally::default(),
        })
    }

    pub(crate) fn number(&mut self) -> u64 {
        self.saves += 1;
        self.saves
    }

    /// A save that is let finish; `Err` of a stuck store.
    pub(crate) async fn whole(&mut self) -> Result<Option<Whole>, String> {
        let save = self.number();
        let Some(whole) = self.control.save(save).await? else {
            return Ok(None);
        };
        self.answered.insert(id_of(&whole.answer)?);
        Ok(Some(whole))
    }

    /// Learns how long the parts of a save take from saves that are not cut, over
    /// HTTP/1.1 and, where a way of leaving needs it, over HTTP/2. Returns their
    /// number per second.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn calibrate(&mut self, saves: u32) -> Result<f64, Stop> {
        let begun = now_ns();
        let mut sent = BTreeMap::new();
        for _ in 0..saves {
            let Some(whole) = self.whole().await? else {
                return Err("a whole save is never answered".to_owned().into());
            };
            sent.insert(whole.save, whole.sent_ns);
            self.job.check_interrupt()?;
        }
        let rate = per_second(u64::from(saves), begun);
        self.learn(false, &sent).await?;
        if self.job.ways.iter().any(|way| way.is_http2()) {
            self.calibrate_http2(saves).await?;
        }
        Ok(rate)
    }

    async fn calibrate_http2(&mut self, saves: u32) -> Result<(), Stop> {
        let mut sent = BTreeMap::new();
        for _ in 0..saves {
            let save = self.number();
            let body = crate::text::body(save, self.job.size);
            let answer = async {
                let mut over = Http2::open(self.location.to).await?;
                let begun = now_ns();
                send_http2(&mut over, save, body)?;
                Ok::<_, std::io::Error>((begun, over.response().await?))
            };
            let (begun, answer) = tokio::time::timeout(STUCK, answer)
                .await
                .map_err(|_| "over HTTP/2, a whole save is never answered".to_owned())?
                .map_err(|error| format!("over HTTP/2: {error}"))?;
            self.answered.insert(id_of(&answer)?);
            sent.insert(save, begun);
        }
        self.learn(true, &sent).await
    }

    async fn learn(&mut self, http2: bool, sent: &BTreeMap<u64, u64>) -> Result<(), Stop> {
        for record in self.control.steps().await? {
            if let Some(&sent_ns) = sent.get(&record.save) {
                self.plan.learn_whole(http2, sent_ns, &record);
            }
        }
        Ok(())
    }

    /// One save that is cut off; waits until it has ended, too, so that the
    /// next one finds the lock free.
    ///
    /// # Errors
    /// When the store fails, or is stuck.
    pub async fn cut(&mut self, aim: &Aim) -> Result<(), Stop> {
        let saves = &mut self.saves;
        let cut = self.client.cut(aim, || {
            *saves += 1;
            *saves
        });
        let (save, cut) = tokio::time::timeout(STUCK, cut)
            .await
            .map_err(|_| Stop::Stuck)?
            .map_err(|error| error.to_string())?;
        for whole in &cut.whole {
            self.answered.insert(id_of(&whole.answer)?);
        }
        if let Some(answer) = &cut.answer {
            self.answered.insert(id_of(answer)?);
        }
        self.last_left_ns = cut.left_ns;
        self.batch.insert(save, (cut.left_ns, aim.way));
        self.ended(save, &cut, aim).await
    }

    async fn ended(&mut self, save: u64, cut: &Cut, aim: &Aim) -> Result<(), Stop> {
        let stuck_ns = cut.left_ns + u64::try_from(STUCK.as_nanos()).unwrap_or(u64::MAX);
        let record = loop {
            self.collect().await?;
            let record = self.records.get(&save);
            if record.is_some_and(|record| record.ended.is_some()) {
                break record;
            }
            let now = now_ns();
            if record.is_none() && now > cut.left_ns + BEGINS_NS {
                break None;
            }
            if now > stuck_ns {
                return Err(Stop::Stuck);
            }
            sleep(TURN).await;
        };
        let phase = classify(cut.left_ns, record);
        if let Some(record) = record {
            self.plan.learn_life(aim, cut.sent_ns, record);
            if let Some(created_ns) = cut.created_ns {
                self.plan.learn_created(aim.way, created_ns, record);
            }
        }
        let late = match aim.when {
            crate::plan::When::AfterNs(after) => cut.left_ns.saturating_sub(cut.sent_ns + after),
            crate::plan::When::CreatedNs(_) | crate::plan::When::Share(_) => 0,
        };
        self.plan.learn_cut(aim, phase, late);
        Ok(())
    }

    /// Takes in what the store says about saves. What it said of the end of one
    /// stands.
    pub(crate) async fn collect(&mut self) -> Result<(), String> {
        for record in self.control.steps().await? {
            let known = self.records.get(&record.save);
            if known.is_none_or(|known| known.ended.is_none()) {
                self.records.insert(record.save, record);
            }
        }
        Ok(())
    }

    /// Ends a batch: a whole save, what is left, and a clean start for the next.
    /// With `counts` its cuts count among those that the phases are judged by.
    ///
    /// # Errors
    /// When the store fails, or is stuck.
    pub async fn end_batch(&mut self, counts: bool) -> Result<(), Stop> {
        if self.whole().await?.is_none() {
            return Err(Stop::Stuck);
        }
        // Without cuts there is nothing to recover from.
        if !self.batch.is_empty() {
            let usable = now_ns().saturating_sub(self.last_left_ns);
            self.tally.usable_ns = self.tally.usable_ns.max(usable);
        }
        let (state, settled) = self.control.settled().await?;
        if !settled {
            return Err(Stop::Stuck);
        }
        self.collect().await?;
        let mut cuts = BTreeMap::new();
        for (save, (left_ns, way)) in std::mem::take(&mut self.batch) {
            let record = self.records.get(&save);
            let phase = classify(left_ns, record);
            cuts.insert(save, (phase, way));
            if counts {
                let ways = self.tally.ways.entry(way).or_default();
                *ways.entry(phase).or_default() += 1;
                let saved = record.and_then(|record| record.how) == Some(crate::phase::How::Saved);
                self.tally.stored += u64::from(saved);
            }
        }
        self.records.clear();
        let answered = std::mem::take(&mut self.answered);
        let folder = self.location.folder.clone();
        let faults = check_folder(&state, &folder, self.job.size, &cuts, &answered)?;
        self.tally.faults.add(&faults);
        for id in &state.index {
            self.control.delete(id).await?;
        }
        remove_unknown(&state, &folder)?;
        let state = self.control.state().await?;
        if !state.disk.is_empty() {
            return Err("all files were deleted, and there are files again"
                .to_owned()
                .into());
        }
        Ok(())
    }
}

/// So many since then, per second.
pub(crate) fn per_second(count: u64, since_ns: u64) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts and nanoseconds of a run, shown with three digits"
    )]
    let rate = count as f64 * 1e9 / now_ns().saturating_sub(since_ns).max(1) as f64;
    rate
}
