//! Why a run could not be made. Nothing was touched; exit code 2.

use crate::disk::Failed;
use crate::settings::SettingsError;
use std::path::PathBuf;

/// Why a run could not be made, in words that say what to do.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// A configuration file cannot be used.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// A form definition cannot be used.
    #[error("{0}")]
    Forms(String),
    /// There is nothing to read.
    #[error(transparent)]
    NoInput(#[from] crate::plan::NoInput),
    /// The output cannot be written.
    #[error("无法写入 {}：{what}；请用 -o 另指一处 / the output cannot be written; choose another place with -o", path.display())]
    Output {
        /// Which file or folder.
        path: PathBuf,
        /// What the system said.
        what: String,
    },
    /// Input and output lie in each other.
    #[error("输出目录 {} 不能是输入目录，也不能包含它；请用 -o 另指一处 / the output must not be the input nor contain it", .0.display())]
    OutputIsInput(PathBuf),
    /// Another run is at work.
    #[error("另一次运行正在写 {}{}；请等它结束 / another run is at work on it", path.display(), holder.as_ref().map(|pid| format!("（进程 {pid}）")).unwrap_or_default())]
    Busy {
        /// The output.
        path: PathBuf,
        /// The other process.
        holder: Option<String>,
    },
    /// A workbook could not be written.
    #[error(transparent)]
    Render(#[from] crate::render::RenderError),
    /// The frame library refused.
    #[error("计算出错：{0} / the computation failed")]
    Compute(#[from] polars::error::PolarsError),
    /// Threads could not be started.
    #[error("无法启动线程：{0} / threads could not be started")]
    Threads(String),
    /// A folder that no run of this version wrote, or not as a whole.
    #[error("{} 不是 jixiao run 写出的完整结果（{what}）；请用本版程序重新运行一次再比较 / not the whole OUTPUT of a run of this version; run it once more", path.display())]
    NotARun {
        /// The folder.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// A run compared with itself.
    #[error("两个结果目录是同一个：{}；请给出上次和本次两个不同的目录 / both folders are the same; name an earlier and a later one", .0.display())]
    SameRun(PathBuf),
    /// A name that leaves no room for the page.
    #[error("{} 不能作为工作簿的文件名；请用 -o 另指一个，如 compare.xlsx / no name for a workbook; choose one with -o, as compare.xlsx", .0.display())]
    NotAWorkbookName(PathBuf),
    /// A comparison that would go into a run's own folder.
    #[error("{} 在结果目录 {} 里面，下次运行会把它移走；请用 -o 另指一处 / lies inside the OUTPUT of a run; choose another place with -o", file.display(), run.display())]
    InsideRun {
        /// The file.
        file: PathBuf,
        /// The folder.
        run: PathBuf,
    },
    /// Stopped by the user.
    #[error("已中止，原有结果未动 / stopped; the former results are as they were")]
    Stopped,
}

impl From<Failed> for Refused {
    fn from(Failed { path, source }: Failed) -> Self {
        Self::Output { path, what: source.to_string() }
    }
}
