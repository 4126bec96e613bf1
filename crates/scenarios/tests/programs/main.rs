//! What each program does on the lab, a file per scenario.

mod run;

mod detach;
mod futurelock;
mod graceful_stop;
mod lost_error;
mod poll_by_hand;
mod receive;
mod shutdown;
mod try_join;
