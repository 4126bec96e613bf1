//! What was published: one result for each of seven frameworks.

use serde::Serialize;

use droppoint_clients::Disconnect;

const TABLE: &str = include_str!("../published.tsv");

/// A row of the published table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Published {
    /// The framework.
    pub framework: String,
    /// Its version then.
    pub version: String,
    /// Whether its handler was dropped when the client went away.
    pub dropped: bool,
    /// The way of leaving that comes nearest to the published one.
    pub way: Disconnect,
}

/// The whole table.
///
/// # Panics
/// When the file is not a table of that kind, which a test rules out.
pub fn table() -> Vec<Published> {
    TABLE.lines().skip(1).map(row).collect()
}

fn row(line: &str) -> Published {
    let fields: Vec<&str> = line.split('\t').collect();
    let [framework, version, protocol, result] = fields[..] else {
        panic!("published.tsv: four fields are wanted: {line}");
    };
    Published {
        framework: framework.to_owned(),
        version: version.to_owned(),
        dropped: match result {
            "dropped" => true,
            "not dropped" => false,
            other => panic!("published.tsv: {other}?"),
        },
        // A client of gRPC that drops its call resets the stream; one of
        // HTTP/1.1 can but close its socket.
        way: match protocol {
            "http/1.1" => Disconnect::Fin,
            "grpc (http/2)" => Disconnect::StreamReset,
            other => panic!("published.tsv: {other}?"),
        },
    }
}
