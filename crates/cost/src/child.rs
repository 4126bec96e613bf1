//! A runtime in a process of its own, which measures on request.
//!
//! It gets the scenarios on its command line and first writes what it has:
//! `{"programs":[["save-file","naive"],…]}`. Then a request and a sample
//! follow each other, a line each:
//! `{"scenario":"save-file","variant":"naive","calls":1000}` and
//! `{"cpu_ns":…,"wall_ns":…,"allocs":…,"bytes":…}`, all per call. It ends
//! with its input.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child as Process, ChildStdin, ChildStdout, Command, Stdio};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::SCENARIOS;
use crate::backend::{Backend, Failed, Sample};

pub(crate) struct Child {
    name: &'static str,
    process: Process,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
    programs: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Hello {
    programs: Vec<(String, String)>,
}

impl Child {
    pub(crate) fn start(name: &'static str, command: &mut Command) -> Result<Self, Failed> {
        let mut process = command
            .args(SCENARIOS)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| Failed(format!("{name} cannot be started: {error}")))?;
        let to = process.stdin.take();
        let from = process.stdout.take().expect("it is piped");
        let mut child = Child {
            name,
            process,
            to,
            from: BufReader::new(from),
            programs: Vec::new(),
        };
        child.programs = child.read::<Hello>()?.programs;
        Ok(child)
    }

    fn read<T: DeserializeOwned>(&mut self) -> Result<T, Failed> {
        let mut line = String::new();
        let name = self.name;
        match self.from.read_line(&mut line) {
            Ok(0) => Err(Failed(format!("{name} has ended before it answered"))),
            Ok(_) => serde_json::from_str(&line)
                .map_err(|error| Failed(format!("{name} answered `{}`: {error}", line.trim()))),
            Err(error) => Err(Failed(format!("{name} cannot be read: {error}"))),
        }
    }
}

impl Backend for Child {
    fn programs(&self) -> Vec<(String, String)> {
        self.programs.clone()
    }

    fn sample(&mut self, scenario: &str, variant: &str, calls: u64) -> Result<Sample, Failed> {
        let request = serde_json::json!({
            "scenario": scenario, "variant": variant, "calls": calls,
        });
        let to = self.to.as_mut().expect("it is open until the end");
        writeln!(to, "{request}")
            .map_err(|error| Failed(format!("{} takes no more requests: {error}", self.name)))?;
        self.read()
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        // Its input ends, and so it does.
        drop(self.to.take());
        let _ = self.process.wait();
    }
}
