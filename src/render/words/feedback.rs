//! The workbook that goes back to a department: a letter with a table. States the fact, the two values and the act; asks,
//! thanks, blames nobody.

use super::words;

words! {
    FIX_LIST = "整改清单" / "Fix list";
    FEEDBACK_TITLE = "{year}绩效自评数据核对反馈单" / "Feedback on the {year} self-evaluation";
    FEEDBACK_TO = "{department}：" / "To: {department}";
    FEEDBACK_LETTER = "　　贵单位报送的{year}绩效自评表（{projects}个项目）已收悉，感谢支持。经核对，共有{all}项请予关注：须更正{e}项（●）、请核对或说明{w}项（▲）、提示{i}项（○，无须处理）。请在右侧黄色栏填写答复，连同更正后的自评表一并报送；如有不同意见，请在说明栏写明依据，我们将据实采纳。"
        / "Thank you for the self-evaluation forms of {year} ({projects} projects). We ask for your attention to {all} points: {e} to be corrected (●), {w} to be checked or explained (▲), {i} for information (○). Please answer in the yellow columns and return this workbook together with the corrected forms; where you see it differently, state your grounds in the column for explanations and we shall follow them.";
    FEEDBACK_SCORE = "　　按现报数据，贵单位得分{score}分，暂列第{rank}名（已计分{of}个部门）；{recomputed}{claims}本单仅反馈贵单位，请勿外传。"
        / "By the data as handed in you score {score} points, rank {rank} of {of} departments so far. {recomputed}{claims}This workbook is for you alone.";
    FEEDBACK_RECOMPUTED = "如各项目均按规则重算，得分为{score}分。" / "With all projects recomputed by the rules it would be {score} points. ";
    FEEDBACK_RULES = "检查规则：jixiao {version}{off}。" / " Rules: jixiao {version}{off}.";
    FEEDBACK_RULES_OFF = "，停用 {codes}" / ", without {codes}";
    FEEDBACK_CLAIMS = "自评的{claimed}分中，{derivable}分能按规则推得（推得为{derived}分），{rest}分不可比。" / "Of the {claimed} points claimed, {derivable} can be derived by the rules (as {derived}), {rest} cannot be compared. ";
    FEEDBACK_NO_SCORE = "　　按现报数据，贵单位得分暂不能计算。本单仅反馈贵单位，请勿外传。" / "No score can be computed from the data as handed in. This workbook is for you alone.";
    FEEDBACK_HINT = "金额以元标明；点击“单元格”可跳到本簿中的原表位置" / "Money in yuan; click a cell to go to its place on the form in this workbook";
    FEEDBACK_FILE = "项目（文件）" / "Project (file)";
    FEEDBACK_CELL = "单元格" / "Cell";
    ANSWER = "答复" / "Answer";
    ANSWER_TEXT = "说明" / "Explanation given";
    ANSWER_BY = "填报人" / "Answered by";
    ANSWER_CORRECTED = "已更正" / "corrected";
    ANSWER_EXPLAINED = "请采纳说明" / "please accept";
    ANSWER_DISAGREED = "不同意" / "disagree";
    ANSWER_ASK = "请选择" / "Please choose";
    ANSWER_ASK_HOW = "已更正、请采纳说明或不同意；依据请写在说明栏" / "corrected, please accept, or disagree; grounds go into the next column";
    FEEDBACK_NOTE = "注：差异＝报送值－应为值。“应为”由报送数按评分规则推算，四舍五入造成的差异不列入。后附各表与贵单位报送的原表行列位置完全相同，被标记的单元格旁有编号和批注。"
        / "Note: difference = given − expected. Expected values follow from the data handed in by the rules; differences by rounding are left out. The sheets behind have the same addresses as the forms handed in; marked cells carry a number and a note.";
    FEEDBACK_COPY_FOOT = "依据报送文件 {file} 绘制，行列位置与原表相同" / "Drawn from {file}; same addresses as the original";
    BACK_TO_LIST = "← 返回整改清单" / "← back to the fix list";
    COPY_HINT = "本栏为核对意见，左侧原表内容未作改动" / "Remarks; the form at the left is unchanged";
    COPY_CUT = "原表较大，只绘出前{rows}行、前{columns}列" / "Large form: the first {rows} rows and {columns} columns are drawn";
    REMARK_OF = "{mark} {level} {cell}：{problem}" / "{mark} {level} {cell}: {problem}";
    NOTE_OF = "第{n}项 {level}\n{problem}\n报送：{given}\n应为：{expected}\n{todo}" / "No. {n} {level}\n{problem}\nGiven: {given}\nExpected: {expected}\n{todo}";
}
