//! The sources of the programs, for whoever wants to read them
//! in a terminal. A page has them from elsewhere.

/// Each scenario with its source file.
const SOURCES: &[(&str, &str, &str)] = &[
    ("save-file", "save_file.rs", include_str!("save_file.rs")),
    (
        "graceful-stop",
        "graceful_stop.rs",
        include_str!("graceful_stop.rs"),
    ),
    ("try-join", "try_join.rs", include_str!("try_join.rs")),
    ("receive", "receive.rs", include_str!("receive.rs")),
    (
        "poll-by-hand",
        "poll_by_hand.rs",
        include_str!("poll_by_hand.rs"),
    ),
    (
        "lost-error",
        "lost_error.rs",
        include_str!("lost_error.rs"),
    ),
    (
        "futurelock",
        "futurelock.rs",
        include_str!("futurelock.rs"),
    ),
    ("detach", "detach.rs", include_str!("detach.rs")),
    ("shutdown", "shutdown.rs", include_str!("shutdown.rs")),
];

/// The name of a scenario's source file, and its text.
pub fn source(
    scenario: &str,
) -> Option<(&'static str, &'static str)> {
    let mut sources = SOURCES.iter();
    let (_, file, text) =
        sources.find(|(id, ..)| *id == scenario)?;
    Some((file, text))
}
