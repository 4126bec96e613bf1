//! The servers: the published ones, their newest versions, and others.

use std::path::{Path, PathBuf};

use serde::Serialize;
use tokio::process::Command;

use crate::published;

/// Where the program of a server comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Home {
    /// The workspace with the published versions.
    Published,
    /// The workspace with the newest versions, where they differ.
    Newest,
    /// Go's standard library.
    Go,
    /// Node, and what comes from npm.
    Node,
}

impl Home {
    /// All of them, in the order of the rows.
    pub const ALL: [Home; 4] = [Home::Published, Home::Newest, Home::Go, Home::Node];

    /// Its folder in `crates/disconnect/servers`.
    pub fn folder(self) -> &'static str {
        match self {
            Home::Published => "published",
            Home::Newest => "newest",
            Home::Go => "go",
            Home::Node => "node",
        }
    }
}

/// One server of the matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// Where its program comes from.
    pub home: Home,
}

impl Row {
    /// Whether it wants messages of gRPC.
    pub fn is_grpc(&self) -> bool {
        self.name == "tonic"
    }

    /// Its package in the lock file that says its version; a server that knows
    /// its version by itself has none.
    pub fn package(&self) -> Option<&str> {
        matches!(self.home, Home::Published | Home::Newest).then_some(self.name.as_str())
    }

    /// The command that starts it.
    pub fn command(&self, servers: &Path, built: &Path) -> Command {
        match self.home {
            Home::Published | Home::Newest => {
                let mut command = Command::new(program(self.home, built));
                command.arg(&self.name);
                command
            }
            Home::Go => Command::new(program(self.home, built)),
            Home::Node => {
                let script = format!("node/{}.js", self.name.trim_start_matches("node:"));
                let mut command = Command::new("node");
                command.arg(servers.join(script));
                command
            }
        }
    }
}

/// The program of a home that is compiled.
pub fn program(home: Home, built: &Path) -> PathBuf {
    let name = match home {
        Home::Published | Home::Newest => format!("debug/servers-{}", home.folder()),
        Home::Go | Home::Node => format!("disconnect-{}", home.folder()),
    };
    built
        .join(name)
        .with_extension(std::env::consts::EXE_EXTENSION)
}

/// Every row, a newer version under the published one.
pub fn all() -> Vec<Row> {
    let row = |name: &str, home| Row {
        name: name.to_owned(),
        home,
    };
    let mut rows = Vec::new();
    for published in published::table() {
        rows.push(row(&published.framework, Home::Published));
        if NEWER.contains(&published.framework.as_str()) {
            rows.push(row(&published.framework, Home::Newest));
        }
    }
    rows.push(row("hyper", Home::Published));
    rows.push(row("ntex", Home::Published));
    rows.push(row("net/http", Home::Go));
    rows.push(row("node:http", Home::Node));
    rows.push(row("fastify", Home::Node));
    rows
}

/// What has a newer version than the published one; a test compares this with
/// the lock files.
pub const NEWER: [&str; 4] = ["salvo", "tonic", "actix-web", "rocket"];
