//! What each program does on the lab, a file per scenario.

mod run;

mod graceful_stop;
mod poll_by_hand;
mod receive;
mod try_join;
