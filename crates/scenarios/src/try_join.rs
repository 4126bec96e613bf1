//! A transfer in two halves at once, one of which may fail.
//!
//! (1) Taking 10 from the payer takes 8 ms, (2) giving 10 to
//! the payee 12 ms; until then the payee's bank may refuse.
//! (3) Giving back what was withdrawn takes 2 ms.

use std::sync::Arc;
use std::time::Duration;

use droppoint_lab::AtExt;
use droppoint_lab::rt::spawn;
use droppoint_lab::rt::task::{JoinError, JoinSet};
use droppoint_lab::rt::time::{sleep, timeout};
use droppoint_lab::world::Number;
use tokio::sync::Notify;

const WITHDRAW: Duration = Duration::from_millis(8);
const DEPOSIT: Duration = Duration::from_millis(12);
const GIVE_BACK: Duration = Duration::from_millis(2);

/// Two accounts at two banks.
pub struct Banks {
    /// The payer's account.
    pub payer: Number,
    /// The payee's account.
    pub payee: Number,
    /// Notified when the payee's bank refuses.
    pub refusal: Notify,
}

/// Why a transfer failed.
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    /// The payee's bank has refused.
    #[error("refused")]
    Refused,
    /// The task of one half has panicked.
    #[error(transparent)]
    Task(#[from] JoinError),
}

type Done = Result<(), TransferError>;

async fn withdraw(banks: Arc<Banks>) -> Done {
    sleep(WITHDRAW).at(1).await;
    banks.payer.change(-10);
    Ok(())
}

async fn deposit(banks: Arc<Banks>) -> Done {
    let refusal = banks.refusal.notified();
    if timeout(DEPOSIT, refusal).at(2).await.is_ok() {
        return Err(TransferError::Refused);
    }
    banks.payee.change(10);
    Ok(())
}

// variant: try-join

/// At the first error try_join! drops the other half at its
/// await.
pub async fn try_join(banks: Arc<Banks>) -> Done {
    tokio::try_join!(deposit(banks.clone()), withdraw(banks))?;
    Ok(())
}

// variant: join-set

/// The halves are tasks; an error drops the set, which aborts
/// the other task.
pub async fn join_set(banks: Arc<Banks>) -> Done {
    let mut halves = JoinSet::new();
    halves.spawn(deposit(banks.clone()));
    halves.spawn(withdraw(banks));
    while let Some(half) = halves.join_next().await {
        half??;
    }
    Ok(())
}

// variant: join

/// Waits for both, and then returns the first error.
pub async fn join(banks: Arc<Banks>) -> Done {
    let (deposited, withdrawn) =
        tokio::join!(deposit(banks.clone()), withdraw(banks));
    deposited.and(withdrawn)
}

// variant: spawn-each

/// An error returns early and drops the other handle: that
/// task continues.
pub async fn spawn_each(banks: Arc<Banks>) -> Done {
    let deposit = spawn(deposit(banks.clone()));
    let withdrawal = spawn(withdraw(banks));
    deposit.await??;
    withdrawal.await?
}

// variant: undo

/// Waits for both; if only the withdrawal succeeded, gives it
/// back. (Where the caller may be dropped, this has to run in
/// a spawned task.)
pub async fn undo(banks: Arc<Banks>) -> Done {
    let (deposited, withdrawn) = tokio::join!(
        deposit(banks.clone()),
        withdraw(banks.clone())
    );
    if deposited.is_err() && withdrawn.is_ok() {
        sleep(GIVE_BACK).at(3).await;
        banks.payer.change(10);
    }
    deposited.and(withdrawn)
}

// --- how they are started ---

use crate::start::*;

pub(crate) const START: StartFn = start::<Banks>;

impl Start for Banks {
    const ANSWER: &'static str = "paid";

    fn new(_: &Setting) -> Self {
        Banks {
            payer: Number::new("payer"),
            payee: Number::new("payee"),
            refusal: Notify::new(),
        }
    }

    fn call(self: Arc<Self>, of: &Setting) -> Option<Program> {
        Some(match of.variant {
            "try-join" => call(try_join(self)),
            "join-set" => call(join_set(self)),
            "join" => call(join(self)),
            "spawn-each" => call(spawn_each(self)),
            "undo" => call(undo(self)),
            _ => return None,
        })
    }

    fn event(&self) {
        self.refusal.notify_one();
    }

    fn world(&self) -> World {
        world([
            ("payer", self.payer.state()),
            ("payee", self.payee.state()),
        ])
    }
}
