//! The sources of the programs, as they were compiled.

/// Each scenario with its source file.
const SOURCES: &[(&str, &str, &str)] =
    include!(concat!(env!("OUT_DIR"), "/sources.rs"));

/// The name of a scenario's source file, and its text.
pub fn source(
    scenario: &str,
) -> Option<(&'static str, &'static str)> {
    let mut sources = SOURCES.iter();
    let (_, file, text) =
        sources.find(|(id, ..)| *id == scenario)?;
    Some((file, text))
}
