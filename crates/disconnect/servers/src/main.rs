//! One framework as a server of the disconnect matrix: `servers NAME`.
//!
//! It listens on a free port, says so in a line on standard output, reports
//! the facts of each request there, and ends when its standard input does, so
//! that it never outlives the program that started it.

mod probe;

#[cfg(feature = "actix")]
mod actix;
#[cfg(feature = "axum")]
mod axum;
#[cfg(feature = "hyper")]
mod hyper;
#[cfg(feature = "ntex")]
mod ntex;
#[cfg(feature = "poem")]
mod poem;
#[cfg(feature = "rocket")]
mod rocket;
#[cfg(feature = "salvo")]
mod salvo;
#[cfg(feature = "tonic")]
mod tonic;
#[cfg(feature = "warp")]
mod warp;

use std::io::{Read, Result};

fn main() -> Result<()> {
    std::thread::spawn(|| {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
    let name = std::env::args().nth(1).unwrap_or_default();
    match name.as_str() {
        #[cfg(feature = "actix")]
        "actix-web" => actix::serve(),
        #[cfg(feature = "axum")]
        "axum" => axum::serve(),
        #[cfg(feature = "hyper")]
        "hyper" => hyper::serve(),
        #[cfg(feature = "ntex")]
        "ntex" => ntex::serve(),
        #[cfg(feature = "poem")]
        "poem" => poem::serve(),
        #[cfg(feature = "rocket")]
        "rocket" => rocket::serve(),
        #[cfg(feature = "salvo")]
        "salvo" => salvo::serve(),
        #[cfg(feature = "tonic")]
        "tonic" => tonic::serve(),
        #[cfg(feature = "warp")]
        "warp" => warp::serve(),
        _ => {
            eprintln!("no framework is called {name:?} here");
            std::process::exit(2)
        }
    }
}
