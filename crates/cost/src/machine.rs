//! Where it was measured: what a reader needs to know, and nothing that
//! identifies the machine.

use std::process::Command;

use crate::backend::Failed;
use crate::report::Machine;

pub(crate) fn this() -> Result<Machine, Failed> {
    let cores = std::thread::available_parallelism()
        .map_err(|error| Failed(format!("how many cores there are: {error}")))?;
    Ok(Machine {
        cores: cores.get(),
        system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        rustc: built_with("rustc")?,
        tokio: built_with("tokio")?,
        go: answer("go", &["env", "GOVERSION"])?.replacen("go", "", 1),
        node: answer("node", &["--version"])?.replacen('v', "", 1),
    })
}

/// A version, as in the header of a run.
fn built_with(name: &str) -> Result<String, Failed> {
    let versions = droppoint_scenarios::runtime();
    let version = versions.get(name);
    version
        .cloned()
        .ok_or_else(|| Failed(format!("the version of {name} is unknown")))
}

fn answer(program: &str, args: &[&str]) -> Result<String, Failed> {
    let output = Command::new(program)
        .args(args)
        .output()
        .map_err(|error| Failed(format!("{program} cannot be started: {error}")))?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
