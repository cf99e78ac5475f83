//! The command line as declared; no logic. Commands stand in the order of the yearly work.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// The program.
#[derive(Debug, Parser)]
#[command(
    name = "jixiao",
    version,
    about = "绩效：读取各部门报送的绩效与预算表，审核、计分、排名，写出全区汇总 / reads, checks, scores and ranks performance forms",
    arg_required_else_help = true,
    max_term_width = 120
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    #[command(about = "生成空白报送表 / blank official workbooks to hand out")]
    Template(TemplateArgs),
    #[command(about = "只读取和审核，不写任何文件 / read and check, write nothing")]
    Check(CheckArgs),
    #[command(about = "读取全部报送，写出汇总 / the main job: read all submissions, write the district's results")]
    Run(RunArgs),
    #[command(about = "一个文件是怎样读的 / how a file was read")]
    Inspect(InspectArgs),
    #[command(about = "比较两次结果 / compare two runs")]
    Compare(CompareArgs),
    #[command(about = "认识的表种 / the form types known")]
    Forms(FormsArgs),
    #[command(about = "审核规则 / the check rules")]
    Rules(RulesArgs),
}

/// What several commands take, always with the same meaning.
#[derive(Debug, Args)]
pub(crate) struct ReadArgs {
    #[arg(long, value_name = "FILE", help = "配置文件（默认：输入目录中的 jixiao.toml） / configuration")]
    pub(crate) config: Option<PathBuf>,
    #[arg(long, value_name = "YYYY", value_parser = clap::value_parser!(u16).range(1990..=2100), help = "报告年度（默认：出现最多的年度） / reporting year")]
    pub(crate) year: Option<u16>,
    #[arg(long, value_name = "FILE", help = "部门名册（默认：输入目录中的 departments.csv） / register")]
    pub(crate) departments: Option<PathBuf>,
    #[arg(long, value_name = "DIR", help = "自备的表种定义，与内置的并用 / form definitions of one's own")]
    pub(crate) forms: Option<PathBuf>,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..), help = "同时读取和计算的线程数，不影响结果（默认：全部核心） / threads")]
    pub(crate) jobs: Option<u16>,
    #[arg(long, value_enum, default_value_t = ReaderArg::Auto, help = "calamine：全部改用 calamine 读取，作对照 / as a second opinion")]
    pub(crate) reader: ReaderArg,
    #[command(flatten)]
    pub(crate) talk: TalkArgs,
}

/// How the program talks.
#[derive(Debug, Args)]
pub(crate) struct TalkArgs {
    #[arg(long, value_enum, help = "语言 / language")]
    pub(crate) lang: Option<LangArg>,
    #[arg(long, value_enum, default_value_t = ProgressArg::Auto, help = "进度条 / progress bar")]
    pub(crate) progress: ProgressArg,
    #[arg(short, long, conflicts_with = "verbose", help = "只说出错 / errors only")]
    pub(crate) quiet: bool,
    #[arg(short, long, help = "多说一些 / say more")]
    pub(crate) verbose: bool,
}

/// `--reader`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReaderArg {
    Auto,
    Calamine,
}

/// `--lang`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LangArg {
    Zh,
    En,
}

/// `--progress`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ProgressArg {
    Auto,
    Never,
}

/// `jixiao run`.
#[derive(Debug, Args)]
pub(crate) struct RunArgs {
    #[arg(value_name = "INPUT", default_value = "input", help = "报送所在目录，或一个文件 / folders, or one file")]
    pub(crate) inputs: Vec<PathBuf>,
    #[arg(short, long, value_name = "OUTPUT", default_value = "output", help = "结果目录 / where results go")]
    pub(crate) output: PathBuf,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
    #[arg(long, help = "不用上次的缓存 / do not use the cache of the last run")]
    pub(crate) no_cache: bool,
    #[arg(long, help = "列出各阶段用时 / time by stage")]
    pub(crate) timings: bool,
    #[arg(long, help = "汇总表中为每个项目加一张得分推导表 / a sheet for each project that derives its score")]
    pub(crate) waterfall: bool,
    #[arg(long, help = "CSV 中不加防公式的单引号 / no apostrophe before text that looks like a formula")]
    pub(crate) raw_csv: bool,
    #[arg(long, help = "有须更正的问题或未能采用的文件时，退出码为 1 / exit 1 on errors or rejected files")]
    pub(crate) strict: bool,
}

/// `jixiao check`.
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    #[arg(value_name = "INPUT", required = true, help = "报送所在目录，或一个文件 / folders, or one file")]
    pub(crate) inputs: Vec<PathBuf>,
    #[arg(long, value_enum, default_value_t = CheckFormat::Text, help = "输出格式 / format")]
    pub(crate) format: CheckFormat,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
}

/// `check --format`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    Text,
    Json,
    Csv,
}

/// `jixiao inspect`.
#[derive(Debug, Args)]
pub(crate) struct InspectArgs {
    #[arg(value_name = "FILE", required = true, help = "文件 / files")]
    pub(crate) files: Vec<PathBuf>,
    #[arg(long, value_name = "NAME", help = "只看这个工作表 / this sheet only")]
    pub(crate) sheet: Option<String>,
    #[arg(long, help = "列出全部单元格 / every cell that holds something")]
    pub(crate) cells: bool,
    #[arg(long, value_enum, default_value_t = InspectFormat::Text, help = "输出格式 / format")]
    pub(crate) format: InspectFormat,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
}

/// `inspect --format`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum InspectFormat {
    Text,
    Json,
    Html,
}

/// `jixiao forms`.
#[derive(Debug, Args)]
pub(crate) struct FormsArgs {
    #[arg(value_name = "ID", help = "表种；不填则列出全部 / one form in full")]
    pub(crate) id: Option<String>,
    #[arg(long, value_name = "DIR", help = "检查自备的表种定义 / test definitions of one's own")]
    pub(crate) check: Option<PathBuf>,
    #[arg(long, value_name = "FILE", requires = "check", help = "用这个样表试读 / read this sample with them")]
    pub(crate) sample: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) talk: TalkArgs,
}

/// `jixiao rules`.
#[derive(Debug, Args)]
pub(crate) struct RulesArgs {
    #[arg(value_name = "CODE", help = "规则编号；不填则列出全部 / one rule in full")]
    pub(crate) code: Option<String>,
    #[arg(long, value_enum, default_value_t = RulesFormat::Text, help = "输出格式；markdown 为完整的规则手册 / format; markdown gives the reference")]
    pub(crate) format: RulesFormat,
    #[arg(long, conflicts_with_all = ["code", "format"], help = "jixiao.toml 的 JSON Schema / the JSON schema of jixiao.toml")]
    pub(crate) schema: bool,
    #[command(flatten)]
    pub(crate) talk: TalkArgs,
}

/// `rules --format`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RulesFormat {
    Text,
    Markdown,
    Json,
}

/// `jixiao template`.
#[derive(Debug, Args)]
pub(crate) struct TemplateArgs {
    #[arg(value_name = "FORM", help = "表种 / form type")]
    pub(crate) form: String,
    #[arg(short, long, value_name = "DIR", default_value = "templates", help = "写到哪里 / where to write")]
    pub(crate) output: PathBuf,
    #[arg(long, value_name = "FILE", help = "部门名册：每个部门一份 / one for each department of the register")]
    pub(crate) departments: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) talk: TalkArgs,
}

/// `jixiao compare`.
#[derive(Debug, Args)]
pub(crate) struct CompareArgs {
    #[arg(value_name = "OUTPUT_A", help = "前一次结果 / the earlier run")]
    pub(crate) before: PathBuf,
    #[arg(value_name = "OUTPUT_B", help = "后一次结果 / the later run")]
    pub(crate) after: PathBuf,
    #[arg(short, long, value_name = "FILE", default_value = "compare.xlsx", help = "比较表 / the comparison workbook")]
    pub(crate) output: PathBuf,
    #[command(flatten)]
    pub(crate) talk: TalkArgs,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
