//! One process of a function.

use crate::runtime_api::{Request, RuntimeApi};
use serde_json::Value;
use std::fs;
use std::io;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What a function made of an event.
#[derive(Debug)]
pub enum Answer {
    /// It answered.
    Response(Value),
    /// It failed: Lambda's `errorMessage`.
    Error(String),
}

/// Kilobytes in memory.
#[derive(Debug, Clone, Copy)]
pub struct Memory {
    /// Now.
    pub now_kb: u64,
    /// At most.
    pub peak_kb: u64,
}

/// A running function that waits for an event. Killed when dropped.
pub struct Function {
    child: Child,
    api: RuntimeApi,
    poll: Option<Request>,
    /// From `exec` to the first poll.
    pub start: Duration,
}

impl Function {
    /// Starts a binary with what Lambda itself sets and these settings, nothing else, and waits for its first poll.
    pub fn start(binary: &Path, settings: &[(&str, &str)]) -> io::Result<Self> {
        let api = RuntimeApi::open()?;
        let mut command = Command::new(binary);
        command
            .env_clear()
            .env("AWS_LAMBDA_RUNTIME_API", api.address.to_string())
            .env("AWS_LAMBDA_FUNCTION_NAME", "function")
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256")
            .env("AWS_LAMBDA_FUNCTION_VERSION", "1")
            .env("AWS_LAMBDA_LOG_LEVEL", "ERROR")
            .envs(settings.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        let began = Instant::now();
        let child = command.spawn()?;
        let mut function = Self { child, api, poll: None, start: Duration::ZERO };
        let poll = function.api.next()?;
        function.start = poll.at - began;
        function.wait_with(poll)?;
        Ok(function)
    }

    fn wait_with(&mut self, poll: Request) -> io::Result<()> {
        if poll.path != "/2018-06-01/runtime/invocation/next" {
            return Err(io::Error::other(format!("{} instead of a poll", poll.path)));
        }
        self.poll = Some(poll);
        Ok(())
    }

    /// Gives it an event and waits until it polls again.
    pub fn ask(&mut self, event: &Value) -> io::Result<Answer> {
        let poll = self.poll.take().ok_or_else(|| io::Error::other("it does not poll"))?;
        let about = [
            ("lambda-runtime-aws-request-id", "one"),
            ("lambda-runtime-deadline-ms", "4102444800000"),
            ("lambda-runtime-invoked-function-arn", "arn:aws:lambda:eu-central-1:000000000000:function:function"),
        ];
        poll.answer("200 OK", &about, event.to_string().as_bytes())?;
        let request = self.api.next()?;
        let body: Value = serde_json::from_slice(&request.body)?;
        let answer = match request.path.rsplit('/').next() {
            Some("response") => Answer::Response(body),
            _ => Answer::Error(body["errorMessage"].as_str().unwrap_or_default().to_owned()),
        };
        request.answer("202 Accepted", &[], b"{}")?;
        let poll = self.api.next()?;
        self.wait_with(poll)?;
        Ok(answer)
    }

    /// What it holds in memory.
    pub fn memory(&self) -> io::Result<Memory> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let kilobytes = |name: &str| {
            let line = status.lines().find(|line| line.starts_with(name));
            let number = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
            number.ok_or_else(|| io::Error::other(format!("no {name} in its status")))
        };
        Ok(Memory { now_kb: kilobytes("VmRSS:")?, peak_kb: kilobytes("VmHWM:")? })
    }

    /// The processor time of its living threads.
    pub fn processor_time(&self) -> io::Result<Duration> {
        let mut nanoseconds = 0;
        for thread in fs::read_dir(format!("/proc/{}/task", self.child.id()))? {
            let spent = fs::read_to_string(thread?.path().join("schedstat"))?;
            let spent: u64 = spent.split(' ').next().unwrap_or_default().parse().map_err(io::Error::other)?;
            nanoseconds += spent;
        }
        Ok(Duration::from_nanos(nanoseconds))
    }
}

impl Drop for Function {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
