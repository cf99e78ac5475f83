//! The settings file and the command line → [`Settings`].
//!
//! Precedence: argument, file, built-in value. A legal number that makes no sense (bands out of order, a share above 1,
//! a rule that does not exist) is refused like a wrong key, with the file named.

use super::error::SettingsError;
use super::explanations::iso_date;
use super::file::{self, File, Policy};
use super::number::Number;
use super::resolved::{
    DepartmentMethod, DepartmentSettings, DistrictSettings, ExecutionPolicy, GradeSettings, Limits, LookSettings,
    RuleException, RuleSettings, ScoringSettings, Settings, Step, Thresholds,
};
use crate::finding::{Lang, catalogue};
use crate::quantity::{Decimal, Points};
use std::collections::BTreeMap;
use std::path::Path;

/// What the command line says about settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Overrides {
    /// `--lang`.
    pub lang: Option<Lang>,
    /// `--year`.
    pub year: Option<u16>,
}

/// Settings from a file, where there is one, and the command line.
///
/// # Errors
/// The file cannot be read, has an unknown key, a value of the wrong kind, or one that makes no sense.
pub fn resolve(path: Option<&Path>, arguments: Overrides) -> Result<Settings, SettingsError> {
    match path {
        Some(path) => with_file(path, file::read(path)?, arguments),
        None => with_file(Path::new("jixiao.toml"), File::default(), arguments),
    }
}

/// Takes the file apart without `..`: a new key does not compile until it is used here.
fn with_file(path: &Path, written: File, arguments: Overrides) -> Result<Settings, SettingsError> {
    let File { lang, district, grade, scoring, department, thresholds, rules, limits, look } = written;
    let Overrides { lang: lang_argument, year } = arguments;
    let check = Check { path };
    Ok(Settings {
        lang: lang_argument.or(lang).unwrap_or_default(),
        district: check.district(district, year)?,
        grade: check.grade(grade)?,
        scoring: check.scoring(scoring)?,
        department: check.department(department)?,
        thresholds: check.thresholds(thresholds)?,
        rules: check.rules(rules)?,
        limits: limits_of(limits),
        look: LookSettings { official_fonts: look.official_fonts.unwrap_or(LookSettings::default().official_fonts) },
    })
}

/// Refuses values that make no sense.
struct Check<'a> {
    path: &'a Path,
}

impl Check<'_> {
    /// The error for a key; its line is found by the key's name.
    fn refuse(&self, key: &str, what: &str) -> SettingsError {
        let name = key.rsplit('.').next().unwrap_or(key);
        let text = super::error::text(self.path).unwrap_or_default();
        let dashed = name.replace('_', "-");
        let line = text.lines().position(|l| {
            let l = l.trim_start();
            l.starts_with(name) || l.starts_with(&dashed)
        });
        SettingsError::at(self.path, line.unwrap_or(0) as u64 + 1, format!("{key}: {what}"))
    }

    fn share(&self, key: &str, value: Option<Number>, built_in: Decimal) -> Result<Decimal, SettingsError> {
        let value = value.map_or(built_in, |n| n.0);
        if value < Decimal::ZERO || value > Decimal::ONE {
            return Err(self.refuse(key, "应在 0 和 1 之间 / must be between 0 and 1"));
        }
        Ok(value)
    }

    fn positive(&self, key: &str, value: Option<Number>, built_in: Decimal) -> Result<Decimal, SettingsError> {
        let value = value.map_or(built_in, |n| n.0);
        if value < Decimal::ZERO {
            return Err(self.refuse(key, "不能是负数 / must not be negative"));
        }
        Ok(value)
    }

    fn points(&self, key: &str, value: Option<Number>, built_in: Points) -> Result<Points, SettingsError> {
        value
            .map_or(Some(built_in), |n| Points::from_decimal(n.0))
            .ok_or_else(|| self.refuse(key, "数太大 / too large"))
    }

    fn district(&self, file: file::District, year: Option<u16>) -> Result<DistrictSettings, SettingsError> {
        let as_of = match file.as_of {
            Some(text) => match iso_date(&text) {
                Some(date) => Some(date),
                None => {
                    return Err(self.refuse("district.as_of", "不是日期，请写成 2022-12-31 / write it as 2022-12-31"));
                }
            },
            None => None,
        };
        Ok(DistrictSettings {
            name: file.name.unwrap_or_default(),
            bureau: file.bureau.unwrap_or_default(),
            year: year.or(file.year),
            as_of,
        })
    }

    fn grade(&self, file: file::Grade) -> Result<GradeSettings, SettingsError> {
        let built_in = GradeSettings::default();
        let grade = GradeSettings {
            excellent: self.points("grade.excellent", file.excellent, built_in.excellent)?,
            good: self.points("grade.good", file.good, built_in.good)?,
            fair: self.points("grade.fair", file.fair, built_in.fair)?,
        };
        if grade.excellent <= grade.good || grade.good <= grade.fair {
            return Err(self.refuse("grade", "应当 优 > 良 > 中 / must be excellent > good > fair"));
        }
        Ok(grade)
    }

    fn scoring(&self, file: file::Scoring) -> Result<ScoringSettings, SettingsError> {
        let execution = match file.execution {
            None => ExecutionPolicy::default(),
            Some(execution) => self.execution(execution)?,
        };
        let partly_from = file.partly_from.map(|n| self.share("scoring.partly_from", Some(n), n.0)).transpose()?;
        Ok(ScoringSettings { execution, partly_from })
    }

    fn execution(&self, file: file::Execution) -> Result<ExecutionPolicy, SettingsError> {
        let file::Execution { policy, steps, over, per_point } = file;
        let Some(policy) = policy else {
            return Err(self.refuse("scoring.execution", "缺 policy / policy is missing"));
        };
        let steps = steps.unwrap_or_default();
        if policy != Policy::Steps && (!steps.is_empty() || over.is_some()) {
            return Err(self.refuse("scoring.execution.steps", "只用于 policy = \"steps\" / only with that policy"));
        }
        if policy != Policy::Deduct && per_point.is_some() {
            return Err(
                self.refuse("scoring.execution.per_point", "只用于 policy = \"deduct\" / only with that policy")
            );
        }
        Ok(match policy {
            Policy::LinearCap => ExecutionPolicy::LinearCap,
            Policy::LinearRoundedRate => ExecutionPolicy::LinearRoundedRate,
            Policy::Deduct => ExecutionPolicy::Deduct {
                per_point: self.positive("scoring.execution.per_point", per_point, Decimal::ONE)?,
            },
            Policy::Steps => {
                let mut found = Vec::with_capacity(steps.len());
                for file::Step { from, share } in steps {
                    let (Some(from), Some(share)) = (from, share) else {
                        let what = "每档都要有 from 和 share / from and share are needed in each step";
                        return Err(self.refuse("scoring.execution.steps", what));
                    };
                    let from = self.positive("scoring.execution.steps", Some(from), Decimal::ZERO)?;
                    let share = self.share("scoring.execution.steps", Some(share), Decimal::ZERO)?;
                    found.push(Step { from, share });
                }
                if found.is_empty() {
                    return Err(self.refuse("scoring.execution.steps", "缺分档 / the steps are missing"));
                }
                if !found.is_sorted_by(|a, b| a.from > b.from) {
                    return Err(self.refuse("scoring.execution.steps", "应从高到低排列 / must descend by from"));
                }
                let over = self.share("scoring.execution.over", over, Decimal::ONE)?;
                ExecutionPolicy::Steps { steps: found, over }
            }
        })
    }

    fn department(&self, file: file::Department) -> Result<DepartmentSettings, SettingsError> {
        let built_in = DepartmentSettings::default();
        Ok(DepartmentSettings {
            method: file.method.map_or(built_in.method, |method| match method {
                file::Method::Weighted => DepartmentMethod::Weighted,
                file::Method::Mean => DepartmentMethod::Mean,
                file::Method::Whole => DepartmentMethod::Whole,
                file::Method::Mixed => DepartmentMethod::Mixed,
            }),
            projects_share: self.share("department.projects_share", file.projects_share, built_in.projects_share)?,
        })
    }

    fn thresholds(&self, file: file::Thresholds) -> Result<Thresholds, SettingsError> {
        let b = Thresholds::default();
        Ok(Thresholds {
            over_target: self.positive("thresholds.over_target", file.over_target, b.over_target)?,
            budget_adjustment: self.positive(
                "thresholds.budget_adjustment",
                file.budget_adjustment,
                b.budget_adjustment,
            )?,
            low_execution: self.share("thresholds.low_execution", file.low_execution, b.low_execution)?,
            review_gap: self.positive("thresholds.review_gap", file.review_gap, b.review_gap)?,
            single_indicator: self.positive(
                "thresholds.single_indicator",
                file.single_indicator,
                b.single_indicator,
            )?,
            output_and_benefit: self.positive(
                "thresholds.output_and_benefit",
                file.output_and_benefit,
                b.output_and_benefit,
            )?,
            copied_text: self.share("thresholds.copied_text", file.copied_text, b.copied_text)?,
            similar_name: self.share("thresholds.similar_name", file.similar_name, b.similar_name)?,
            similar_lead: self.share("thresholds.similar_lead", file.similar_lead, b.similar_lead)?,
        })
    }

    fn rules(&self, file: file::Rules) -> Result<RuleSettings, SettingsError> {
        let file::Rules { off, level, when } = file;
        let mut rules =
            RuleSettings { level: level.unwrap_or_default(), off: off.unwrap_or_default(), when: Vec::new() };
        for when in when.unwrap_or_default() {
            rules.when.push(self.exception(when)?);
        }
        let exceptions = rules.when.iter().flat_map(|when| when.level.keys().chain(&when.off));
        match rules.level.keys().chain(&rules.off).chain(exceptions).find(|code| catalogue::find(code).is_none()) {
            Some(code) => {
                Err(self.refuse("rules", &format!("没有规则 {code}，规则清单见 jixiao rules / no rule {code}")))
            }
            None => Ok(rules),
        }
    }

    fn exception(&self, when: file::When) -> Result<RuleException, SettingsError> {
        let file::When { years, forms, off, level, thresholds } = when;
        let file::Thresholds {
            over_target,
            budget_adjustment,
            low_execution,
            review_gap,
            single_indicator,
            output_and_benefit,
            copied_text,
            similar_name,
            similar_lead,
        } = thresholds.unwrap_or_default();
        let named = [
            ("over_target", over_target),
            ("budget_adjustment", budget_adjustment),
            ("low_execution", low_execution),
            ("review_gap", review_gap),
            ("single_indicator", single_indicator),
            ("output_and_benefit", output_and_benefit),
            ("copied_text", copied_text),
            ("similar_name", similar_name),
            ("similar_lead", similar_lead),
        ];
        let mut thresholds = BTreeMap::new();
        for (name, value) in named.into_iter().filter_map(|(name, value)| Some((name, value?))) {
            let value = self.positive(&format!("rules.when.thresholds.{name}"), Some(value), value.0)?;
            thresholds.insert(name.to_owned(), value);
        }
        Ok(RuleException {
            years: years.unwrap_or_default(),
            forms: forms.unwrap_or_default(),
            off: off.unwrap_or_default(),
            level: level.unwrap_or_default(),
            thresholds,
        })
    }
}

/// The JSON schema of `jixiao.toml`, with descriptions in a language.
pub fn schema(lang: Lang) -> serde_json::Value {
    file::schema(lang)
}

fn limits_of(file: file::Limits) -> Limits {
    let b = Limits::default();
    Limits {
        file_bytes: file.file_bytes.unwrap_or(b.file_bytes),
        part_bytes: file.part_bytes.unwrap_or(b.part_bytes),
        package_bytes: file.package_bytes.unwrap_or(b.package_bytes),
        bundle_bytes: file.bundle_bytes.unwrap_or(b.bundle_bytes),
        package_entries: file.package_entries.unwrap_or(b.package_entries),
        bundle_entries: file.bundle_entries.unwrap_or(b.bundle_entries),
        bundle_depth: file.bundle_depth.unwrap_or(b.bundle_depth),
        sheets: file.sheets.unwrap_or(b.sheets),
        cells: file.cells.unwrap_or(b.cells),
        worker_bytes: file.worker_bytes.unwrap_or(b.worker_bytes),
        seconds: file.seconds.unwrap_or(b.seconds),
    }
}

#[cfg(test)]
mod tests {
    use super::{Overrides, resolve};
    use crate::finding::Lang;
    use crate::settings::{DepartmentMethod, ExecutionPolicy, Settings};

    fn read(text: &str) -> Result<Settings, String> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        let name = format!("{}:", file.path().display());
        resolve(Some(file.path()), Overrides::default()).map_err(|e| e.to_string().replace(&name, ""))
    }

    #[test]
    fn nothing_written_is_the_built_in() {
        assert_eq!(resolve(None, Overrides::default()).unwrap(), Settings::default());
        assert_eq!(read("").unwrap(), Settings::default());
    }

    #[test]
    fn keys_with_dash_or_underscore() {
        let a = read("[district]\nas-of = \"2022-12-31\"\nyear = 2021\n[thresholds]\nover-target = 0.25").unwrap();
        let b = read("[district]\nas_of = \"2022-12-31\"\nyear = 2021\n[thresholds]\nover_target = \"0.25\"").unwrap();
        assert_eq!(a, b);
        assert_eq!(a.thresholds.over_target.to_string(), "0.25");
    }

    #[test]
    fn arguments_come_first() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "lang = \"zh\"\n[district]\nyear = 2020").unwrap();
        let arguments = Overrides { lang: Some(Lang::En), year: Some(2021) };
        let settings = resolve(Some(file.path()), arguments).unwrap();
        assert_eq!((settings.lang, settings.district.year), (Lang::En, Some(2021)));
    }

    #[test]
    fn policies_and_methods() {
        let text = "[scoring.execution]\npolicy = \"steps\"\nover = 0\nsteps = [{ from = 1, share = 1 }, { from = 0.8, share = 0.7 }]\n[department]\nmethod = \"mixed\"";
        let settings = read(text).unwrap();
        assert!(matches!(settings.scoring.execution, ExecutionPolicy::Steps { ref steps, .. } if steps.len() == 2));
        assert_eq!(settings.department.method, DepartmentMethod::Mixed);
    }

    #[test]
    fn what_makes_no_sense_is_refused_with_its_line() {
        for (text, line) in [
            ("\n[district]\nyaer = 2021", "3: "),
            ("[grade]\nexcellent = 70", "1: "),
            ("[department]\nmethod = \"best\"", "2: "),
            ("[department]\nprojects-share = 1.5", "2: "),
            ("[rules]\noff = [\"Z99\"]", "1: "),
            ("[scoring.execution]\npolicy = \"linear_cap\"\nper-point = 1", "3: "),
            ("[district]\nas-of = \"soon\"", "2: "),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.starts_with(line), "{text}: {error}");
        }
    }
}
