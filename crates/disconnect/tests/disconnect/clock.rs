//! Instants of a server's clock on the driver's.

use droppoint_disconnect::facts::Facts;

#[test]
fn a_line_that_is_read_late_moves_no_instant() {
    let facts = Facts::default();
    // A clock that is years ahead of ours.
    let ahead = 1_000_000_000_000;
    let line = |at_us: i64| format!(r#"{{"at_us":{at_us},"id":"7","fact":"begun"}}"#);
    let now = facts.now_us();
    facts.line(&line(ahead + now)).unwrap();
    // Written at the same instant and read when much has happened since: its
    // delay is no less than that of the first.
    facts.line(&line(ahead + now)).unwrap();
    let first_delay = facts.now_us() - now;
    let after = facts.after_us(now, ahead + now + 3_000);
    assert!((3_000..=3_000 + first_delay).contains(&after), "{after}");
}

#[test]
fn an_invalid_line_is_reported_with_its_text() {
    let facts = Facts::default();
    for text in [
        "hello",
        r#"{"at_us":1,"id":"7","fact":"bored"}"#,
        r#"{"at_us":1,"fact":"begun"}"#,
    ] {
        assert!(facts.line(text).unwrap_err().contains(text), "{text}");
    }
}
