//! rocket, launched as usual; its own log is off.

use futures_util::StreamExt;
use rocket::data::{Data, ToByteUnit};
use rocket::response::stream::ByteStream;
use rocket::tokio::io::AsyncReadExt;
use rocket::{Config, get, post, routes};

use crate::probe;

#[rocket::main]
pub async fn serve() -> std::io::Result<()> {
    let config = Config {
        port: 0,
        log_level: rocket::config::LogLevel::Off,
        ..Config::debug_default()
    };
    let up = rocket::fairing::AdHoc::on_liftoff("listening", |rocket| {
        let port = rocket.config().port;
        Box::pin(async move { probe::listening(port) })
    });
    rocket::custom(config)
        .attach(up)
        .mount("/probe", routes![handler, unread, body, stream])
        .launch()
        .await
        .map(|_| ())
        .map_err(std::io::Error::other)
}

#[get("/handler/<id>")]
async fn handler(id: &str) {
    probe::work(id, ()).await;
}

#[post("/unread/<id>", data = "<data>")]
async fn unread(id: &str, data: Data<'_>) {
    probe::work(id, data).await;
}

#[post("/body/<id>", data = "<data>")]
async fn body(id: &str, data: Data<'_>) {
    let data = Box::pin(data.open(1.mebibytes()));
    let parts = futures_util::stream::unfold(data, |mut data| async move {
        let mut part = [0; 1024];
        match data.read(&mut part).await {
            Ok(0) => None,
            read => Some((read, data)),
        }
    });
    probe::read(id, parts).await;
}

#[get("/stream/<id>")]
fn stream(id: String) -> ByteStream![bytes::Bytes] {
    let ticks = probe::ticks(&id);
    ByteStream! {
        let mut ticks = std::pin::pin!(ticks);
        while let Some(Ok(tick)) = ticks.next().await {
            yield tick;
        }
    }
}
