//! What became of a file, and why: the codes of the table `submissions`.

use super::Words;
use serde::{Deserialize, Serialize};

/// What became of a file. Every file met has exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Read, and at least one known form found.
    Imported,
    /// Could not be read, or holds no known form.
    Rejected,
    /// Every form in it was handed in again.
    Superseded,
    /// Same bytes as another file.
    Duplicate,
    /// Not a submission: lock files, attachments, configuration.
    Ignored,
}

impl Status {
    /// All of them, in the order of reports.
    pub const ALL: [Self; 5] = [Self::Imported, Self::Rejected, Self::Superseded, Self::Duplicate, Self::Ignored];

    /// The stable code in tables.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Imported => "imported",
            Self::Rejected => "rejected",
            Self::Superseded => "superseded",
            Self::Duplicate => "duplicate",
            Self::Ignored => "ignored",
        }
    }

    /// The word shown to people.
    pub const fn words(self) -> Words {
        match self {
            Self::Imported => Words::new("已采用", "imported"),
            Self::Rejected => Words::new("未能采用", "rejected"),
            Self::Superseded => Words::new("已被新版替代", "superseded"),
            Self::Duplicate => Words::new("重复文件", "duplicate"),
            Self::Ignored => Words::new("不计", "ignored"),
        }
    }
}

macro_rules! reasons {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal, $zh:literal, $en:literal;)+) => {
        /// Why a file has its status.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Reason { $($(#[doc = $doc])+ $name,)+ }
        impl Reason {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];
            /// The stable code in tables.
            pub const fn code(self) -> &'static str { match self { $(Self::$name => $code),+ } }
            /// What it means and what to do, for people.
            pub const fn words(self) -> Words { match self { $(Self::$name => Words::new($zh, $en)),+ } }
        }
    };
}

reasons! {
    /// Needs a password.
    Encrypted = "encrypted", "文件有密码，程序打不开；请去掉打开密码后另存重报", "protected by a password; remove it, save and hand in again";
    /// Damaged.
    Corrupt = "corrupt", "文件已损坏；请用原软件打开检查，另存为 .xlsx 后重报", "damaged; open it in the original program, save as .xlsx and hand in again";
    /// Zero bytes, or nothing in it.
    EmptyFile = "empty-file", "文件是空的（0 字节）；请重新导出后重报", "the file is empty (0 bytes); export it again and hand in";
    /// Beyond a limit of the configuration.
    TooLarge = "too-large", "文件超过允许的大小；请删去图片和多余的空行空表后重报", "larger than allowed; remove pictures and blank rows and sheets and hand in again";
    /// Another kind of file behind the extension.
    NotAWorkbook = "not-a-workbook", "文件不是电子表格；请在 Excel 或 WPS 中另存为 .xlsx 后重报", "not a workbook; save as .xlsx in Excel or WPS and hand in again";
    /// Read, but nothing known in it.
    NoKnownForm = "no-known-form", "读到了表格，但没有认出任何一种绩效或预算表；请核对是否报错了文件", "read, but no known form in it; check whether the right file was handed in";
    /// A kind of workbook that is not read.
    UnsupportedFormat = "unsupported-format", "这种旧格式或特殊格式不能读；请另存为 .xlsx 后重报", "this format cannot be read; save as .xlsx and hand in again";
    /// Needed more memory than allowed.
    MemoryLimit = "memory-limit", "读取时占用内存超过上限；请另存为 .xlsx，删去多余的空行空列后重报", "needed more memory than allowed; save as .xlsx without blank rows and columns and hand in again";
    /// Took longer than allowed.
    TimeLimit = "time-limit", "读取超过时限；请另存为 .xlsx 后重报", "took longer than allowed; save as .xlsx and hand in again";
    /// The reading process ended unexpectedly.
    ReaderCrashed = "reader-crashed", "文件内部有错，读取程序中止；请用原软件打开，另存为 .xlsx 后重报", "the file is faulty inside and ended the reader; open it in the original program, save as .xlsx and hand in again";
    /// Changed while it was read.
    StillBeingWritten = "still-being-written", "读取时文件仍在改动；请保存关闭后重新运行", "the file was changing while it was read; close it and run again";
    /// No permission, or no regular file.
    Unreadable = "unreadable", "打不开文件（没有权限，或不是普通文件）；请检查权限", "cannot be opened (permission, or not a regular file); check its permissions";
    /// A member with a path that leads out of the bundle.
    UnsafeName = "unsafe-name", "压缩包内的文件名带有越界路径；请重新打包", "the name inside the bundle leads out of it; pack it again";
    /// Bundles in bundles beyond the limit.
    TooDeep = "too-deep", "压缩包套得太深；请解开一层后重报", "bundles within bundles too deep; unpack one level and hand in again";
    /// The bundle was read but for a member.
    MemberRejected = "member-rejected", "压缩包内有文件未能采用，见各成员一行", "a file inside the bundle could not be taken, see its row";
    /// Replaced by a later one.
    NewerVersion = "newer-version", "同一部门、项目、年度的表后来又报了新的一份", "the same form was handed in again later";
    /// Same bytes as an earlier path.
    SameBytes = "same-bytes", "与另一个文件内容完全相同", "same bytes as another file";
    /// Written by an office program while a file is open.
    LockFile = "lock-file", "软件打开文件时留下的临时文件", "temporary file of an office program";
    /// Litter of an operating system.
    SystemFile = "system-file", "操作系统的文件", "file of the operating system";
    /// A document or picture beside the submissions.
    Attachment = "attachment", "附件（不是电子表格），不读取", "an attachment, not read";
    /// A file with a meaning of its own.
    Configuration = "configuration", "程序的配置或名册文件", "configuration or register of the program";
    /// Output of an earlier run.
    OwnOutput = "own-output", "本程序以前输出的文件", "written by an earlier run of this program";
    /// A feedback workbook that came back.
    Feedback = "feedback", "退回的整改清单；已读取其中的答复", "a feedback workbook that came back; its answers are read";
    /// Something odd was read all the same.
    Repaired = "repaired", "文件有小毛病，已照常读出", "something odd in the file was read all the same";
}
