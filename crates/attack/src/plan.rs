//! At which instant the next client leaves.
//!
//! 1. A phase gets its share of cuts, not of time: the next cut is aimed at the
//!    phase that has had the fewest. Otherwise the lag would get nearly all.
//! 2. Within a phase, the instants of each way of leaving are spread evenly.
//! 3. The length of each part of a save is the median of the last measured ones,
//!    for each way of leaving. Only saves that were aimed beyond the write count:
//!    of those that were aimed before it, only the quick ones reach it.
//! 4. A write is cut a chosen time after its file has appeared, where that can be
//!    watched: the begin of a write varies by more than the write takes.
//! 5. At most half of all cuts are aimed at one phase, so that the others are
//!    measured also when that phase is never hit.

use std::collections::{BTreeMap, VecDeque};

use crate::departure::Departure;
use crate::phase::{How, Phase, Record};

/// How many saves a median is taken over.
const RECENT: usize = 15;
/// How long after the end of a save the latest clients leave.
const AFTER_NS: u64 = 1_500_000;
/// Steps of the golden ratio fill a span evenly, however many they are.
const GOLDEN: f64 = 0.618_033_988_749_894_9;

/// Where to aim.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Aim {
    /// The phase to hit.
    pub phase: Phase,
    /// How to leave.
    pub way: Departure,
    /// When to leave.
    pub when: When,
}

/// When to leave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum When {
    /// So many nanoseconds after the request was begun.
    AfterNs(u64),
    /// So many nanoseconds after the file has appeared on the disk.
    CreatedNs(u64),
    /// As soon as this share of the body has been sent.
    Share(f64),
}

/// The median of the last few values.
#[derive(Clone, Debug, Default)]
struct Recent(VecDeque<u64>);

impl Recent {
    fn push(&mut self, value: u64) {
        if self.0.len() == RECENT {
            self.0.pop_front();
        }
        self.0.push_back(value);
    }

    fn median(&self) -> u64 {
        let mut sorted: Vec<u64> = self.0.iter().copied().collect();
        sorted.sort_unstable();
        sorted.get(sorted.len() / 2).copied().unwrap_or(0)
    }
}

/// How long the parts of a save take, over one way.
#[derive(Clone, Debug, Default)]
struct Life {
    before: Recent,
    write: Recent,
    lag: Recent,
    /// From the file's appearance to the end of the write.
    created: Recent,
}

impl Life {
    fn medians(&self) -> [u64; 3] {
        [&self.before, &self.write, &self.lag].map(Recent::median)
    }

    fn learn(&mut self, sent_ns: u64, record: &Record) {
        let Some(write) = record.write_ns() else {
            return;
        };
        self.before.push(write.saturating_sub(sent_ns));
        let Some(lag) = record.lag_ns() else {
            return;
        };
        self.write.push(lag.saturating_sub(write));
        if let (Some(ended), Some(How::Saved)) = (record.ended, record.how) {
            self.lag.push(ended.saturating_sub(lag));
        }
    }
}

/// Chooses instants, and learns from where the cuts landed.
#[derive(Clone, Debug)]
pub struct Plan {
    ways: Vec<Departure>,
    watched: bool,
    total: usize,
    aimed: BTreeMap<Phase, usize>,
    hit: BTreeMap<Phase, usize>,
    turns: BTreeMap<(Phase, Departure), u32>,
    lives: BTreeMap<Departure, Life>,
    late: BTreeMap<Departure, Recent>,
}

impl Plan {
    /// A plan for this many cuts; `watched` says whether files can be seen to
    /// appear in the store's folder. Without a way of leaving there is no aim.
    #[must_use]
    pub fn new(ways: &[Departure], total: usize, watched: bool) -> Plan {
        Plan {
            watched,
            ways: ways.to_vec(),
            total,
            aimed: BTreeMap::new(),
            hit: BTreeMap::new(),
            turns: BTreeMap::new(),
            lives: ways.iter().map(|&way| (way, Life::default())).collect(),
            late: BTreeMap::new(),
        }
    }

    /// So many more cuts are to be planned.
    pub fn extend(&mut self, more: usize) {
        self.total += more;
    }

    /// The next cut; none when no way of leaving was given.
    pub fn next_aim(&mut self) -> Option<Aim> {
        let phase = self.phase();
        let turns = &self.turns;
        // The way that has had the fewest turns in this phase.
        let way = self
            .ways
            .iter()
            .copied()
            .filter(|&way| way != Departure::Body || phase == Phase::Before)
            .min_by_key(|&way| turns.get(&(phase, way)).copied().unwrap_or(0))
            // Only `body` was asked for: it leaves before the write, always.
            .or_else(|| self.ways.first().copied())?;
        let turn = self.turns.entry((phase, way)).or_default();
        *turn += 1;
        let turn = *turn;
        let share = (f64::from(turn) * GOLDEN).fract();
        *self.aimed.entry(phase).or_default() += 1;
        let when = match way {
            Departure::Body => When::Share(share),
            // Every eighth by the clock: it may leave before the file is there.
            _ if phase == Phase::Write && self.watched && !turn.is_multiple_of(8) => {
                When::CreatedNs(self.since_created(way, share))
            }
            _ => When::AfterNs(self.instant(phase, way, share)),
        };
        Some(Aim { phase, way, when })
    }

    fn phase(&self) -> Phase {
        let count = |of: &BTreeMap<Phase, usize>, phase| of.get(&phase).copied().unwrap_or(0);
        let most = (self.total / 2).max(1);
        Phase::ALL
            .into_iter()
            .filter(|&phase| count(&self.aimed, phase) < most)
            .min_by_key(|&phase| count(&self.hit, phase))
            .unwrap_or(Phase::Lag)
    }

    fn instant(&self, phase: Phase, way: Departure, share: f64) -> u64 {
        let [before, write, lag] = self.lives.get(&way).map_or([0; 3], Life::medians);
        let lag_at = before + write;
        let end = lag_at + lag;
        let (from, to) = match phase {
            Phase::Before => (0, before),
            Phase::Write => (before, lag_at),
            Phase::Lag => (lag_at, end),
            Phase::After => (end, end + AFTER_NS),
        };
        let within = part_of(to - from, share);
        let late = self.late.get(&way).map_or(0, Recent::median);
        (from + within).saturating_sub(late)
    }

    fn since_created(&self, way: Departure, share: f64) -> u64 {
        let life = self.lives.get(&way);
        let span = life.map_or(0, |life| {
            if life.created.0.is_empty() {
                life.write.median() / 2
            } else {
                life.created.median()
            }
        });
        part_of(span, share)
    }

    /// Learns from the record of a save that was not cut, and that was
    /// begun at `sent_ns`, over one protocol.
    pub fn learn_whole(&mut self, http2: bool, sent_ns: u64, record: &Record) {
        for (way, life) in &mut self.lives {
            if way.is_http2() == http2 {
                life.learn(sent_ns, record);
            }
        }
    }

    /// Learns from the record of a save that was cut.
    pub fn learn_life(&mut self, aim: &Aim, sent_ns: u64, record: &Record) {
        if aim.phase >= Phase::Lag
            && let Some(life) = self.lives.get_mut(&aim.way)
        {
            life.learn(sent_ns, record);
        }
    }

    /// Learns how long a write went on after its file had appeared, where it was
    /// not cut.
    pub fn learn_created(&mut self, way: Departure, created_ns: u64, record: &Record) {
        if let (Some(life), Some(lag)) = (self.lives.get_mut(&way), record.lag_ns()) {
            life.created.push(lag.saturating_sub(created_ns));
        }
    }

    /// Learns in which phase a cut landed, and how late it was.
    pub fn learn_cut(&mut self, aim: &Aim, phase: Phase, late_ns: u64) {
        *self.hit.entry(phase).or_default() += 1;
        if matches!(aim.when, When::AfterNs(_)) {
            self.late.entry(aim.way).or_default().push(late_ns);
        }
    }

    /// Microseconds until the write, of the write and of the lag, for each way.
    #[must_use]
    pub fn lives_us(&self) -> BTreeMap<Departure, [u64; 3]> {
        let lives = self.lives.iter();
        lives
            .map(|(&way, life)| (way, life.medians().map(|part| part / 1000)))
            .collect()
    }
}

fn part_of(span: u64, share: f64) -> u64 {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "spans of milliseconds, counted in nanoseconds, and a share below 1"
    )]
    let part = (span as f64 * share) as u64;
    part
}
