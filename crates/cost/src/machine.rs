//! Where the measuring takes place: what a reader needs to know, and nothing
//! by which the machine could be told from others of its kind.

use std::process::Command;

use crate::arm::Failed;
use crate::report::Machine;

pub(crate) fn this() -> Result<Machine, Failed> {
    let cores = std::thread::available_parallelism()
        .map_err(|error| Failed(format!("how many cores there are: {error}")))?;
    Ok(Machine {
        cores: cores.get(),
        system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        rustc: env!("DROPPOINT_RUSTC").to_owned(),
        tokio: env!("DROPPOINT_TOKIO").to_owned(),
        go: answer("go", &["env", "GOVERSION"])?.replacen("go", "", 1),
        node: answer("node", &["--version"])?.replacen('v', "", 1),
    })
}

fn answer(program: &str, args: &[&str]) -> Result<String, Failed> {
    let output = Command::new(program)
        .args(args)
        .output()
        .map_err(|error| Failed(format!("{program} cannot be started: {error}")))?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
