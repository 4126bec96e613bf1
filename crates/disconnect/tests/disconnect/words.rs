//! What is said about a matrix follows from its cells.

use std::collections::BTreeMap;

use droppoint_clients::Disconnect;
use droppoint_disconnect::When;
use droppoint_disconnect::cell::{Measured, Notification, Outcome};
use droppoint_disconnect::client::Answer;
use droppoint_disconnect::matrix::{Cell, MeasuredRow, NotMeasured, Summary};
use droppoint_disconnect::published::table;
use droppoint_disconnect::report::Report;
use droppoint_disconnect::words::sentences;
use droppoint_terminal::Deliverable;

fn told() -> Outcome {
    Outcome::Notified {
        how: Notification::Dropped,
        after_us: 1200,
    }
}

fn cell(outcome: Outcome) -> Cell {
    Cell(vec![Measured {
        outcome,
        answer: Answer::Unheard,
    }])
}

/// A row in which every cell came to the same.
fn row(name: &str, outcome: &Outcome) -> MeasuredRow {
    let published = table().into_iter().find(|it| it.framework == name);
    let mut cells = BTreeMap::new();
    for when in When::ALL {
        for way in Disconnect::ALL {
            cells.insert((when, way), cell(outcome.clone()));
        }
    }
    let version = published
        .as_ref()
        .map_or("1.0.0".into(), |it| it.version.clone());
    MeasuredRow {
        name: name.into(),
        version,
        newer: false,
        published,
        cells: Ok(cells),
    }
}

fn set(row: &mut MeasuredRow, when: When, way: Disconnect, to: Cell) {
    row.cells.as_mut().unwrap().insert((when, way), to);
}

#[test]
fn the_published_table_is_read_in_full() {
    let dropped = table().iter().filter(|it| it.dropped).count();
    assert_eq!((table().len(), dropped), (7, 4));
}

#[test]
fn a_published_result_that_holds_is_said_to_hold() {
    let said = sentences(&[row("axum", &told())]);
    assert_eq!(
        said[0],
        "axum 0.8.9: published \"dropped\" holds for HTTP/1.1 FIN in the handler."
    );
}

#[test]
fn one_other_cell_contradicts_it() {
    let mut axum = row("axum", &told());
    set(
        &mut axum,
        When::Handler,
        Disconnect::Fin,
        cell(Outcome::NotNotified),
    );
    let said = sentences(&[axum]);
    assert!(
        said[0].contains(
            "does NOT hold for HTTP/1.1 FIN in the handler; the handler is notified with"
        )
    );
}

#[test]
fn a_cell_beside_it_refines_it_and_does_not_contradict_it() {
    let mut actix = row("actix-web", &Outcome::NotNotified);
    set(
        &mut actix,
        When::Handler,
        Disconnect::StreamReset,
        cell(told()),
    );
    assert_eq!(
        sentences(&[actix])[0],
        "actix-web 4.13.0: published \"not dropped\" holds for HTTP/1.1 FIN in the handler; \
         the handler is notified with HTTP/2 stream reset in the handler."
    );
}

#[test]
fn tonic_is_held_to_the_way_that_its_publication_used() {
    let mut tonic = row("tonic", &told());
    let unspoken = Outcome::NotSpoken { why: "no".into() };
    set(&mut tonic, When::Handler, Disconnect::Fin, cell(unspoken));
    assert!(sentences(&[tonic])[0].contains("holds for HTTP/2 stream reset"));
}

#[test]
fn a_newer_version_is_compared_cell_by_cell() {
    let mut newer = MeasuredRow {
        newer: true,
        published: None,
        ..row("salvo", &told())
    };
    newer.version = "9.0.0".into();
    let same = sentences(&[row("salvo", &told()), newer.clone()]);
    assert!(same.contains(
        &"salvo 9.0.0: the handler is notified in the same cells as with 0.93.0.".to_owned()
    ));
    set(
        &mut newer,
        When::Body,
        Disconnect::Rst,
        cell(Outcome::NotNotified),
    );
    let differs = sentences(&[row("salvo", &told()), newer]);
    let wanted = "salvo 9.0.0 differs from 0.93.0: \
                  not notified with HTTP/1.1 RST while the body is read.";
    assert!(differs.contains(&wanted.to_owned()), "{differs:?}");
}

/// What is said of two versions that are alike but for one cell of each.
fn compared(before: Cell, after: Cell) -> String {
    let place = (When::Stream, Disconnect::Fin);
    let mut old = row("salvo", &told());
    set(&mut old, place.0, place.1, before);
    let mut new = MeasuredRow {
        newer: true,
        published: None,
        version: "9.0.0".into(),
        ..row("salvo", &told())
    };
    set(&mut new, place.0, place.1, after);
    let said = sentences(&[old, new]);
    let about = |it: &&String| it.starts_with("salvo 9.0.0") && it.contains("0.93.0");
    said.iter().find(about).unwrap().clone()
}

#[test]
fn cells_that_cannot_be_compared_are_named_and_not_called_the_same() {
    let unspoken = || cell(Outcome::NotSpoken { why: "no".into() });
    let failed = || cell(Outcome::Failed { why: "no".into() });
    let mixed = || Cell([cell(told()).0, cell(Outcome::NotNotified).0].concat());
    let place = "with HTTP/1.1 FIN while the response streams";
    for (before, after, wanted) in [
        (unspoken(), cell(told()), "notified instead of not spoken"),
        (cell(told()), unspoken(), "not spoken instead of notified"),
    ] {
        let wanted = format!("salvo 9.0.0 differs from 0.93.0: {wanted} {place}.");
        assert_eq!(compared(before, after), wanted);
    }
    let same = "salvo 9.0.0: the handler is notified in the same cells as with 0.93.0";
    assert_eq!(compared(unspoken(), unspoken()), format!("{same}."));
    // One that is mixed or was not measured is like any other.
    let all = When::ALL.len() * Disconnect::ALL.len();
    let rest = all - 1;
    let wanted = format!("{same}, in {rest} of {all} cells; the others are not decided.");
    for unknown in [mixed, failed] {
        assert_eq!(compared(cell(told()), unknown()), wanted);
        assert_eq!(compared(unknown(), cell(Outcome::NotNotified)), wanted);
        assert_eq!(compared(unspoken(), unknown()), wanted);
        assert_eq!(compared(unknown(), unknown()), wanted);
    }
}

#[test]
fn versions_that_share_no_known_cell_are_not_compared() {
    let unspoken = Outcome::NotSpoken { why: "no".into() };
    let new = MeasuredRow {
        newer: true,
        ..row("salvo", &unspoken)
    };
    let said = sentences(&[row("salvo", &unspoken), new]);
    assert!(!said.iter().any(|it| it.contains("same cells")), "{said:?}");
}

#[test]
fn a_body_hides_a_client_only_in_its_own_size() {
    let mut axum = row("axum", &told());
    let hidden = || cell(Outcome::NotNotified);
    set(&mut axum, When::UnreadLarge, Disconnect::Fin, hidden());
    let about = |axum: &MeasuredRow| {
        let mut said = sentences(std::slice::from_ref(axum));
        said.retain(|it| it.starts_with("With a "));
        said
    };
    let large = "With a large body (1 MiB) unread, an HTTP/1.1 client that leaves with FIN goes \
                 unnoticed by axum 0.8.9.";
    assert_eq!(about(&axum), [large]);
    assert!(sentences(std::slice::from_ref(&axum))[0].ends_with(
        "the handler is not notified with HTTP/1.1 FIN with a large body unread (1 MiB)."
    ));
    set(&mut axum, When::Unread, Disconnect::Fin, hidden());
    assert_eq!(
        about(&axum),
        [
            large
                .replace("large body (1 MiB)", "small body (50 bytes)")
                .as_str(),
            large
        ]
    );
}

#[test]
fn a_cell_that_is_not_alike_every_time_is_neither() {
    let mut axum = row("axum", &told());
    let mut mixed = cell(told());
    mixed.0.extend(cell(Outcome::NotNotified).0);
    set(&mut axum, When::Handler, Disconnect::Fin, mixed);
    let said = sentences(&[axum]);
    assert!(
        said[0].ends_with("not decided, with HTTP/1.1 FIN the handler was notified 1 of 2 times."),
        "{said:?}"
    );
    // And nothing else follows from it.
    assert_eq!(said.len(), 1, "{said:?}");
}

#[test]
fn a_cell_that_is_spoken_now_and_then_is_a_failure() {
    let unspoken = Outcome::NotSpoken { why: "no".into() };
    let never = Cell([cell(unspoken.clone()).0, cell(unspoken.clone()).0].concat());
    assert_eq!(never.summary(), Summary::NotSpoken("no"));
    for others in [told(), Outcome::NotNotified] {
        for pair in [
            [unspoken.clone(), others.clone()],
            [others, unspoken.clone()],
        ] {
            let mixed = Cell(pair.map(|it| cell(it).0).concat());
            assert!(matches!(mixed.summary(), Summary::Failed(_)), "{mixed:?}");
        }
    }
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    let rows = [row("actix-web", &told()), row("a", &Outcome::TookForWhole)];
    for width in [40, 80] {
        let text = Report {
            rows: &rows,
            times: 1,
        }
        .terminal(width);
        for line in text.lines() {
            let shown = line.replace("\u{1b}[0m", "").replace("\u{1b}[1m", "");
            let shown = shown.replace("\u{1b}[2m", "");
            assert!(shown.chars().count() <= width, "{width}: {shown}");
        }
    }
}

#[test]
fn a_tool_that_is_not_there_is_said_and_is_no_fault() {
    let without = |why: NotMeasured| MeasuredRow {
        cells: Err(why),
        ..row("net/http", &told())
    };
    let rows = [without(NotMeasured::Missing(
        "go is not on the PATH".into(),
    ))];
    let report = Report {
        rows: &rows,
        times: 1,
    };
    assert!(report.is_fine());
    // But nothing that replaces a whole matrix.
    assert!(!report.is_complete());
    assert!(
        report
            .markdown()
            .contains("net/http 1.0.0: not measured, go is not on the PATH.")
    );
    let rows = [without(NotMeasured::Failed("it does not listen".into()))];
    assert!(
        !Report {
            rows: &rows,
            times: 1
        }
        .is_fine()
    );
}

#[test]
fn the_json_has_a_line_for_every_cell_and_says_why_a_row_is_missing() {
    let mut missing = row("warp", &told());
    missing.cells = Err(NotMeasured::Missing("go is not on the PATH".into()));
    let report = Report {
        rows: &[row("axum", &told()), missing],
        times: 1,
    };
    let text = report.json();
    let read: serde_json::Value = serde_json::from_str(&text).unwrap();
    let all = When::ALL.len() * Disconnect::ALL.len();
    assert_eq!(read["rows"][0]["cells"].as_array().unwrap().len(), all);
    assert_eq!(read["rows"][1]["not_measured"], "go is not on the PATH");
    assert_eq!(read["rows"][1]["cells"].as_array().unwrap().len(), 0);
    let lines = text.lines().filter(|line| line.contains("\"measured\":["));
    assert_eq!(lines.count(), all);
}
