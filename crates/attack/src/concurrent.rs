//! Cuts that do not wait for the end of their save, concurrent with whole saves:
//! how many saves per second a store completes while it is attacked.

use crate::clock::now_ns;
use crate::control::{Control, STUCK, id_of};
use crate::cuts::{Session, per_second};
use crate::job::Stop;

impl Session<'_> {
    /// Makes so many cuts one after the other, each at a planned instant but
    /// without waiting for the end of its save. Returns the rate of whole saves
    /// per second on a second connection meanwhile.
    ///
    /// # Errors
    /// When the store fails, or is stuck.
    pub async fn save_while_cutting(&mut self, cuts: usize) -> Result<f64, Stop> {
        let mut beside = Control::open(self.client.clone())
            .await
            .map_err(|error| format!("it cannot be reached: {error}"))?;
        let begun = now_ns();
        let mut aims = self.plan.clone();
        let client = self.client.clone();
        let job = self.job;
        // Unlike any number of the other saves; these cuts are in no column.
        let mut number = self.saves + 1_000_000;
        let (mut answered, mut whole) = (Vec::new(), Vec::new());
        let attack = async {
            for _ in 0..cuts {
                job.check_interrupt()?;
                let Some(aim) = aims.next_aim() else { break };
                aims.learn_cut(&aim, aim.phase, 0);
                let cut = client.cut(&aim, || {
                    number += 1;
                    number
                });
                let (_, cut) = tokio::time::timeout(STUCK, cut)
                    .await
                    .map_err(|_| Stop::Stuck)?
                    .map_err(|error| format!("a cut beside whole saves: {error}"))?;
                let answers = cut.whole.iter().map(|whole| &whole.answer);
                for answer in answers.chain(&cut.answer) {
                    answered.push(id_of(answer)?);
                }
            }
            Ok::<(), Stop>(())
        };
        let saver = async {
            loop {
                let Some(saved) = beside.save(0).await? else {
                    return Err::<(), Stop>(Stop::Stuck);
                };
                whole.push(id_of(&saved.answer)?);
            }
        };
        tokio::select! {
            done = attack => done?,
            failed = saver => failed?,
        }
        let rate = per_second(u64::try_from(whole.len()).unwrap_or(u64::MAX), begun);
        self.answered.extend(answered.into_iter().chain(whole));
        Ok(rate)
    }
}
