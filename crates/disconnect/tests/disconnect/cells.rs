//! What the driver decides about servers whose behaviour is known.

use droppoint_disconnect::cell::{How, Measured, Outcome, measure};
use droppoint_disconnect::client::Answer;
use droppoint_disconnect::{Way, When};

use crate::known::{Known, Manner};

async fn cell(manner: Manner, when: When, way: Way) -> Measured {
    let server = Known::start(manner).await;
    measure(server.target(), way, when, "7").await
}

#[tokio::test]
async fn a_server_that_drops_its_handler_is_told_in_every_way() {
    for way in [Way::Fin, Way::Rst, Way::HalfClose] {
        let measured = cell(Manner::Attentive, When::Handler, way).await;
        let told = matches!(
            measured.outcome,
            Outcome::Told {
                how: How::Dropped,
                ..
            }
        );
        assert!(told, "{way:?}: {measured:?}");
    }
}

#[tokio::test]
async fn a_server_that_never_looks_is_not_told_though_it_drops_something_later() {
    for way in [Way::Fin, Way::Rst, Way::HalfClose] {
        let measured = cell(Manner::Deaf, When::Handler, way).await;
        assert_eq!(measured.outcome, Outcome::NotTold, "{way:?}");
    }
}

#[tokio::test]
async fn only_a_half_closed_client_hears_its_answer() {
    let answer = async |manner, way| cell(manner, When::Handler, way).await.answer;
    assert_eq!(answer(Manner::Deaf, Way::HalfClose).await, Answer::Whole);
    assert_eq!(
        answer(Manner::Attentive, Way::HalfClose).await,
        Answer::Missing
    );
    assert_eq!(answer(Manner::Deaf, Way::Fin).await, Answer::Unheard);
}

#[tokio::test]
async fn half_a_body_taken_for_the_whole_is_no_telling() {
    let measured = cell(Manner::Gullible, When::Body, Way::Fin).await;
    assert_eq!(measured.outcome, Outcome::TookForWhole);
    let measured = cell(Manner::Attentive, When::Body, Way::Fin).await;
    assert!(
        matches!(measured.outcome, Outcome::Told { .. }),
        "{measured:?}"
    );
}

#[tokio::test]
async fn a_handler_that_ends_before_its_client_leaves_decides_nothing() {
    let measured = cell(Manner::Hasty, When::Handler, Way::Fin).await;
    let Outcome::Failed { why } = measured.outcome else {
        panic!("{measured:?}");
    };
    assert_eq!(why, "Dropped before the client left");
}

#[tokio::test]
async fn a_status_of_no_success_is_a_failure() {
    let measured = cell(Manner::Refusing, When::Handler, Way::Fin).await;
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
    for way in [Way::Fin, Way::ConnectionClose] {
        let measured = measure(target, way, When::Handler, "7").await;
        let Outcome::Failed { why } = measured.outcome else {
            panic!("{way:?}: {measured:?}");
        };
        assert!(why.starts_with("the client could not connect"), "{why}");
    }
}

#[tokio::test]
async fn a_protocol_that_is_answered_with_another_is_not_spoken() {
    let measured = cell(Manner::Refusing, When::Handler, Way::StreamReset).await;
    assert!(
        matches!(measured.outcome, Outcome::NotSpoken { .. }),
        "{measured:?}"
    );
}

#[tokio::test]
async fn a_connection_that_is_closed_without_an_answer_is_not_spoken() {
    let measured = cell(Manner::Silent, When::Handler, Way::Fin).await;
    assert!(
        matches!(measured.outcome, Outcome::NotSpoken { .. }),
        "{measured:?}"
    );
}

#[tokio::test]
async fn an_end_whose_line_comes_late_is_not_taken_for_a_telling() {
    let measured = cell(Manner::Belated, When::Handler, Way::Fin).await;
    let why = "Dropped before the client left".to_owned();
    assert_eq!(measured.outcome, Outcome::Failed { why });
}

#[tokio::test]
async fn facts_of_another_request_are_not_this_ones() {
    let server = Known::start(Manner::Deaf).await;
    let (one, other) = tokio::join!(
        measure(server.target(), Way::Fin, When::Handler, "one"),
        measure(server.target(), Way::Fin, When::Handler, "other"),
    );
    assert_eq!(one.outcome, Outcome::NotTold);
    assert_eq!(other.outcome, Outcome::NotTold);
}
