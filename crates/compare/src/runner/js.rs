//! The JavaScript runner: Node and a file that needs no building.

use std::path::Path;
use std::process::Command;

use droppoint_process::on_path;

use super::request::NoRunner;

/// The command that serves requests.
pub(super) fn command(root: &Path) -> Result<Command, NoRunner> {
    let main = root.join("js-comparison/runner/main.js");
    if !main.is_file() {
        return Err(NoRunner::Missing(
            "there is no js-comparison/runner/main.js".into(),
        ));
    }
    let Some(node) = on_path("node") else {
        return Err(NoRunner::Missing("node is not on the PATH".into()));
    };
    let mut command = Command::new(node);
    command.arg(main).arg("--serve");
    // Node would read all of them at its start, which takes a while, and nothing
    // here makes a connection.
    command.env_remove("NODE_EXTRA_CA_CERTS");
    Ok(command)
}
