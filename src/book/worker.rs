//! Reading in a process of its own, for what may panic, loop or ask for all memory: calamine.
//!
//! Why: an allocation that fails ends the process, and a loop never comes back; no fence inside the process holds that.
//! The program's own readers are bounded by counts and stay inside; a batch that calamine never sees starts no worker.
//!
//! Input → output: bytes and format → [`Book`] or [`Refusal`], over pipes, by the same executable with the hidden
//! sub-command `worker`. A frame is a length (8 bytes, little endian) and a body.
//!
//! Invariants: a worker is used by one thread at a time and serves many files; past its heap limit the system ends it
//! (`memory-limit`), past the deadline its owner does (`time-limit`, after one retry during which no other retry runs);
//! whatever it answers is checked before it is believed. Without an executable (a test, a library) calamine runs behind a
//! fence for panics inside the process. Workers end when the program does, whatever they are at: they look
//! whether it is still there.

use super::calamine;
use super::refusal::Outcome;
use super::types::{Book, Format, Refusal};
use crate::finding::Reason;
use crate::settings::Limits;
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

/// The hidden sub-command; the number of the process that starts it follows.
const COMMAND: &str = "worker";
/// The longest answer that is believed.
const MOST_BYTES: u64 = 4 << 30;

/// The executable whose sub-command is a worker.
static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
/// Workers that wait for a file.
static IDLE: Mutex<Vec<Worker>> = Mutex::new(Vec::new());
/// Held while a file is tried for the second time.
static RETRY: Mutex<()> = Mutex::new(());

#[derive(Debug, Serialize, Deserialize)]
struct Request {
    format: Format,
    cells: u64,
    sheets: u32,
    heap: u64,
}

/// For the start of the program: serves and returns true where it was started as a worker; else remembers that this
/// executable can be one.
pub fn serve_if_asked() -> bool {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    if let [command, owner] = arguments.as_slice()
        && command == COMMAND
        && let Some(Ok(owner)) = owner.to_str().map(str::parse)
    {
        end_with_owner(owner);
        // An end of input, or of the one who asks, ends the service.
        let _ = serve(&mut io::stdin().lock(), &mut io::stdout().lock());
        return true;
    }
    if let Ok(program) = std::env::current_exe() {
        PROGRAM.get_or_init(|| program);
    }
    false
}

fn serve(input: &mut impl Read, output: &mut impl Write) -> io::Result<()> {
    loop {
        let head = read_frame(input)?;
        let bytes = read_frame(input)?;
        let answer = match postcard::from_bytes::<Request>(&head) {
            Ok(request) => {
                limit_heap(request.heap);
                let limits = Limits { cells: request.cells, sheets: request.sheets, ..Limits::default() };
                fenced(&bytes, request.format, &limits)
            }
            Err(_) => Err(crashed()),
        };
        let answer = postcard::to_stdvec(&answer).map_err(io::Error::other)?;
        write_frame(output, &answer)?;
        output.flush()?;
    }
}

/// Ends this process soon after the one that started it, also while a file is read that never comes to an end.
#[cfg(unix)]
#[expect(clippy::exit, reason = "the thread that reads may never come back")]
fn end_with_owner(owner: u32) {
    // Asked for by number: an owner that is gone by now has been replaced already.
    let is_there =
        move || rustix::process::getppid().is_some_and(|parent| parent.as_raw_nonzero().get().cast_unsigned() == owner);
    std::thread::spawn(move || {
        while is_there() {
            std::thread::sleep(Duration::from_millis(100));
        }
        std::process::exit(1)
    });
}

#[cfg(not(unix))]
fn end_with_owner(_: u32) {}

/// Limits the heap of this process, where the system can; later calls change nothing.
fn limit_heap(bytes: u64) {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        static DONE: OnceLock<bool> = OnceLock::new();
        let limit = || Rlimit { current: Some(bytes), maximum: Some(bytes) };
        DONE.get_or_init(|| {
            let none = Rlimit { current: Some(0), maximum: Some(0) };
            setrlimit(Resource::Core, none).is_ok() && setrlimit(Resource::Data, limit()).is_ok()
        });
    }
    #[cfg(not(unix))]
    let _ = bytes;
}

fn read_frame(input: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut len = [0; 8];
    input.read_exact(&mut len)?;
    let len = u64::from_le_bytes(len);
    if len > MOST_BYTES {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut out = Vec::new();
    if input.take(len).read_to_end(&mut out)? as u64 == len {
        Ok(out)
    } else {
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

fn write_frame(output: &mut impl Write, body: &[u8]) -> io::Result<()> {
    output.write_all(&(body.len() as u64).to_le_bytes())?;
    output.write_all(body)
}

fn crashed() -> Refusal {
    Refusal::new(Reason::ReaderCrashed, "", "")
}

/// calamine in this process, behind a fence for panics.
fn fenced(bytes: &[u8], format: Format, limits: &Limits) -> Outcome<Book> {
    catch_unwind(AssertUnwindSafe(|| calamine::read(bytes, format, limits))).unwrap_or_else(|_| Err(crashed()))
}

/// Reads a workbook with calamine, in a worker where there can be one.
pub(super) fn read(bytes: &[u8], format: Format, limits: &Limits) -> Outcome<Book> {
    let Some(program) = PROGRAM.get() else { return fenced(bytes, format, limits) };
    let once = || attempt(program, bytes, format, limits);
    match once() {
        Err(refusal) if refusal.reason == Reason::TimeLimit => {
            let _alone = RETRY.lock().unwrap_or_else(PoisonError::into_inner);
            once()
        }
        answer => answer,
    }
    .map_err(|refusal| refusal.about(format))
}

fn attempt(program: &PathBuf, bytes: &[u8], format: Format, limits: &Limits) -> Outcome<Book> {
    let idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let mut worker = match idle {
        Some(worker) => worker,
        None => match Worker::start(program) {
            Ok(worker) => worker,
            // No process can be started here: the fence is what is left.
            Err(_) => return fenced(bytes, format, limits),
        },
    };
    match worker.ask(bytes, format, limits) {
        Ok(answer) => {
            IDLE.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
            answer
        }
        Err(end) => Err(worker.bury(end, limits)),
    }
}

/// How a worker came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// It went away.
    Gone,
    /// It did not answer in time.
    Late,
}

/// A process that reads, from its owner's side.
struct Worker {
    child: Child,
    input: ChildStdin,
    answers: Receiver<Vec<u8>>,
}

impl Worker {
    fn start(program: &PathBuf) -> io::Result<Self> {
        let mut child = Command::new(program)
            .arg(COMMAND)
            .arg(std::process::id().to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            // Where memory is refused, drawing up a trace would need more of it.
            .env("RUST_BACKTRACE", "0")
            .spawn()?;
        let (Some(input), Some(mut output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let (send, answers) = channel();
        // Ends when the worker does, or when nobody waits for answers any more.
        std::thread::spawn(move || {
            while let Ok(frame) = read_frame(&mut output) {
                if send.send(frame).is_err() {
                    break;
                }
            }
        });
        Ok(Self { child, input, answers })
    }

    fn ask(&mut self, bytes: &[u8], format: Format, limits: &Limits) -> Result<Outcome<Book>, End> {
        let request = Request { format, cells: limits.cells, sheets: limits.sheets, heap: limits.worker_bytes };
        let head = postcard::to_stdvec(&request).map_err(|_| End::Gone)?;
        let sent = write_frame(&mut self.input, &head)
            .and_then(|()| write_frame(&mut self.input, bytes))
            .and_then(|()| self.input.flush());
        sent.map_err(|_| End::Gone)?;
        let deadline = Duration::from_secs(u64::from(limits.seconds));
        let frame = self.answers.recv_timeout(deadline).map_err(|error| match error {
            RecvTimeoutError::Timeout => End::Late,
            RecvTimeoutError::Disconnected => End::Gone,
        })?;
        let answer: Outcome<Book> = postcard::from_bytes(&frame).map_err(|_| End::Gone)?;
        if answer.as_ref().is_ok_and(|book| !book.is_sound()) { Err(End::Gone) } else { Ok(answer) }
    }

    /// Ends the process and says why its file is refused.
    fn bury(mut self, end: End, limits: &Limits) -> Refusal {
        let _ = self.child.kill();
        let status = self.child.wait();
        if end == End::Late {
            let seconds = limits.seconds;
            return Refusal::new(
                Reason::TimeLimit,
                format!("超过上限 limits.seconds = {seconds}"),
                format!("beyond the limit limits.seconds = {seconds}"),
            );
        }
        if status.is_ok_and(was_aborted) {
            let bytes = limits.worker_bytes;
            return Refusal::new(
                Reason::MemoryLimit,
                format!("超过上限 limits.worker_bytes = {bytes}"),
                format!("beyond the limit limits.worker_bytes = {bytes}"),
            );
        }
        crashed()
    }
}

/// Whether the process ended itself, as it does when memory is refused.
#[cfg(unix)]
fn was_aborted(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt as _;
    status.signal() == Some(6)
}

#[cfg(not(unix))]
fn was_aborted(status: ExitStatus) -> bool {
    !status.success()
}

#[cfg(test)]
mod tests {
    use super::{Request, read_frame, serve, write_frame};
    use crate::book::Format;
    use crate::book::refusal::Outcome;
    use crate::book::types::Book;

    #[test]
    fn a_worker_answers_each_file_and_ends_with_its_input() {
        let request = Request { format: Format::Xlsx, cells: 10, sheets: 1, heap: u64::MAX };
        let mut input = Vec::new();
        for _ in 0..2 {
            write_frame(&mut input, &postcard::to_stdvec(&request).unwrap()).unwrap();
            write_frame(&mut input, b"no workbook").unwrap();
        }
        let mut output = Vec::new();
        assert!(serve(&mut input.as_slice(), &mut output).is_err());
        let mut answers = output.as_slice();
        for _ in 0..2 {
            let frame = read_frame(&mut answers).unwrap();
            let answer: Outcome<Book> = postcard::from_bytes(&frame).unwrap();
            assert!(answer.is_err());
        }
        assert!(answers.is_empty());
    }
}
