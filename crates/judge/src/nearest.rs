//! The name that was probably meant.

/// The known name nearest to what was written, if it is near enough to be a
/// slip: about a third of its letters.
pub(crate) fn nearest<'a>(
    written: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let distances = known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(written, name), name));
    let (distance, name) = distances.min()?;
    let letters = written.chars().count();
    (distance <= letters.max(3) / 3 && distance < letters).then_some(name)
}

/// `; did you mean `disk`?`, or else `; there are disk, index`.
pub(crate) fn hint<'a>(written: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> String {
    match nearest(written, known.clone()) {
        Some(name) => format!("; did you mean `{name}`?"),
        None => there_are(known),
    }
}

/// `; there are disk, index`.
pub(crate) fn there_are<'a>(known: impl IntoIterator<Item = &'a str>) -> String {
    match known.into_iter().collect::<Vec<_>>().as_slice() {
        [] => "; there is none".to_owned(),
        [one] => format!("; there is only {one}"),
        all => format!("; there are {}", all.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_name_and_a_stranger_finds_none() {
        let known = ["disk", "index", "lock"];
        assert_eq!(nearest("disc", known), Some("disk"));
        assert_eq!(nearest("idnex", known), Some("index"));
        assert_eq!(nearest("queue", known), None);
        assert_eq!(nearest("a", ["b", "c"]), None);
        assert_eq!(hint("dsk", known), "; did you mean `disk`?");
        assert_eq!(hint("queue", known), "; there are disk, index, lock");
        assert_eq!(hint("queue", []), "; there is none");
    }
}
