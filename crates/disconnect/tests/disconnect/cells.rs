//! What the driver decides about servers whose behaviour is known.

use droppoint_disconnect::cell::{Measured, Notification, Outcome, measure};
use droppoint_disconnect::client::Answer;
use droppoint_disconnect::matrix::{MIXED, measure_cells};
use std::time::Duration;

use droppoint_clients::Disconnect;
use droppoint_disconnect::When;

use crate::known::{Known, Manner};

async fn cell(manner: Manner, when: When, way: Disconnect) -> Measured {
    let server = Known::start(manner).await;
    measure(server.target(), way, when, "7").await
}

#[tokio::test]
async fn a_server_that_drops_its_handler_has_notified_it_in_every_way() {
    for way in [Disconnect::Fin, Disconnect::Rst, Disconnect::HalfClose] {
        let measured = cell(Manner::Attentive, When::Handler, way).await;
        let told = matches!(
            measured.outcome,
            Outcome::Notified {
                how: Notification::Dropped,
                ..
            }
        );
        assert!(told, "{way:?}: {measured:?}");
    }
}

#[tokio::test]
async fn a_server_that_does_not_read_notifies_nothing_although_it_drops_something_later() {
    for way in [Disconnect::Fin, Disconnect::Rst, Disconnect::HalfClose] {
        let measured = cell(Manner::Deaf, When::Handler, way).await;
        assert_eq!(measured.outcome, Outcome::NotNotified, "{way:?}");
    }
}

#[tokio::test]
async fn only_a_half_closed_client_hears_its_answer() {
    let answer = async |manner, way| cell(manner, When::Handler, way).await.answer;
    assert_eq!(
        answer(Manner::Deaf, Disconnect::HalfClose).await,
        Answer::Whole
    );
    assert_eq!(
        answer(Manner::Attentive, Disconnect::HalfClose).await,
        Answer::Missing
    );
    assert_eq!(answer(Manner::Deaf, Disconnect::Fin).await, Answer::Unheard);
}

#[tokio::test]
async fn half_a_body_taken_for_the_whole_is_not_a_notification() {
    let measured = cell(Manner::Gullible, When::Body, Disconnect::Fin).await;
    assert_eq!(measured.outcome, Outcome::TookForWhole);
    let measured = cell(Manner::Attentive, When::Body, Disconnect::Fin).await;
    assert!(
        matches!(measured.outcome, Outcome::Notified { .. }),
        "{measured:?}"
    );
}

#[tokio::test]
async fn a_handler_that_ends_before_its_client_leaves_decides_nothing() {
    let measured = cell(Manner::Hasty, When::Handler, Disconnect::Fin).await;
    let Outcome::Failed { why } = measured.outcome else {
        panic!("{measured:?}");
    };
    assert_eq!(why, "Dropped before the client left");
}

#[tokio::test]
async fn a_status_of_no_success_is_a_failure() {
    let measured = cell(Manner::Refusing, When::Handler, Disconnect::Fin).await;
    let why = "it answered \"HTTP/1.1 404 Not Found\"".to_owned();
    assert_eq!(measured.outcome, Outcome::Failed { why });
}

#[tokio::test]
async fn a_server_that_is_not_there_is_a_failure() {
    let server = Known::start(Manner::Deaf).await;
    let mut target = server.target();
    // A port that is free again.
    let free = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap()
    };
    (target.http1, target.http2) = (free, free);
    for way in [Disconnect::Fin, Disconnect::ConnectionClose] {
        let measured = measure(target, way, When::Handler, "7").await;
        let Outcome::Failed { why } = measured.outcome else {
            panic!("{way:?}: {measured:?}");
        };
        assert!(why.starts_with("the client could not connect"), "{why}");
    }
}

#[tokio::test]
async fn a_protocol_that_is_answered_with_another_is_not_spoken() {
    let measured = cell(Manner::Refusing, When::Handler, Disconnect::StreamReset).await;
    assert!(
        matches!(measured.outcome, Outcome::NotSpoken { .. }),
        "{measured:?}"
    );
}

#[tokio::test]
async fn a_connection_that_is_closed_without_an_answer_is_not_spoken() {
    let measured = cell(Manner::Silent, When::Handler, Disconnect::Fin).await;
    assert!(
        matches!(measured.outcome, Outcome::NotSpoken { .. }),
        "{measured:?}"
    );
}

#[tokio::test]
async fn an_end_whose_line_comes_late_is_not_taken_for_a_notification() {
    let measured = cell(Manner::Belated, When::Handler, Disconnect::Fin).await;
    let why = "Dropped before the client left".to_owned();
    assert_eq!(measured.outcome, Outcome::Failed { why });
}

/// Three measurements say little about how often.
#[tokio::test]
async fn a_mixed_cell_is_measured_fifty_times() {
    let place = (When::Handler, Disconnect::Fin);
    for (manner, times) in [(Manner::Alternating, MIXED), (Manner::Attentive, 3)] {
        let server = Known::start(manner).await;
        let gap = Duration::from_millis(1);
        let cells = measure_cells(server.target(), [place], 3, gap).await;
        assert_eq!(cells[&place].0.len(), times, "{:?}", cells[&place]);
    }
}

#[tokio::test]
async fn facts_of_another_request_are_not_this_ones() {
    let server = Known::start(Manner::Deaf).await;
    let (one, other) = tokio::join!(
        measure(server.target(), Disconnect::Fin, When::Handler, "one"),
        measure(server.target(), Disconnect::Fin, When::Handler, "other"),
    );
    assert_eq!(one.outcome, Outcome::NotNotified);
    assert_eq!(other.outcome, Outcome::NotNotified);
}
