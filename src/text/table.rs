//! The table behind folding: which character stands for which.
//!
//! Each list is written as pairs or as two strings of equal length, so that a reader can check it by eye. The table
//! covers the basic plane; characters beyond it fold to themselves.

use std::sync::LazyLock;

/// Code → folded code; 0 leaves the character out.
pub(super) static FOLDED: LazyLock<Vec<u16>> = LazyLock::new(build);

/// Invisible characters that are no white space for `char::is_whitespace`.
const INVISIBLE: &str = "\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{2060}\u{feff}\u{ad}\u{fe0f}";

/// Look-alikes in groups: the first is what the others become.
const LOOK_ALIKES: &[&str] = &[
    "-—–―‐‑‒−﹣─━ｰ",
    "/∕⁄╱⧸",
    "=﹦═",
    "≥≧⩾⪖≽",
    "≤≦⩽⪕≼",
    ">〉﹥›",
    "<〈﹤‹",
    "%﹪",
    "(﹙❨⟮〔﹝",
    ")﹚❩⟯〕﹞",
    "[【〖﹇⟦",
    "]】〗﹈⟧",
    ",﹐‚",
    ":﹕∶︰",
    ";﹔",
    "*﹡∗",
    "~∼〜",
    "+﹢",
    "#﹟",
    "&﹠",
    "·•・‧∙⋅●",
    "¥￥",
    "'‘’`´",
    "\"“”„″",
    "□☐",
    "√✓✔☑",
];

/// Simplified characters, one for each of [`TRADITIONAL`]: those that forms, place names and accounts use.
const SIMPLIFIED: &str = "项绩评价预执财务总额资数万亿两贰参实际单门县区乡镇办处经费专业标产质时济会态环满对应计划规设备购种类别级说问题进\
    达营运动发电网络视传书档师医疗卫药农渔场统调节关开闭听讲课训练习员劳军队检验证认识语议论读写记录报导东车辆轨桥楼\
    园岛湾岭陆岁龄妇儿孙亲邻协爱护义庆庙国组织团体联系归纳缴税银钱币债权责确础样条约简复杂难贫穷优势异负减长属监审测\
    试阶阳阴灾险灭压响汇兑换补贴贺赠与举荐选择广宽严宁静华丽丰获谷粮饮馆饭养鱼虾鸡猪马骡驴龙凤鸟兽虫树叶艺术创旧乐剧\
    戏图画线纸笔针钟铁铜锡铅锅炉灯头脑脸胆肾脏脚胶况决余转结该拨机构称号盖签当层现请释据过个为来从后销贷则维扩岗众厅\
    台综间边围贡献显储输邮咨询续装托离奖励坏块坟垫墙声壳够奋宝将届帐带帮库废张彻恳惩慑战扫扬抚抢担拟损搅摄摆敌无晋暂\
    杨极柜栋桩毕汉汤沟泽浅涂润渊渐温湿滚滨潜犹琐矫码砖碍礼祸禅积稳窃竞筑粪纪纯纲纺终绍绘绝继绿编缓缩罚罗职肃胀舍舱艰\
    苏范荣荡莱蒋蓝衔觉订讨讯诉诊词诚详误诺谈谢贝败贯贵赁赔赛趋跃轮软轻较辑迁迈还这远违连迟适逊递遗郑钢铺锋错键镜闲闻\
    阅随隐雾顶顺须顾领频风驻骗鲜";

/// Traditional characters, one for each of [`SIMPLIFIED`].
const TRADITIONAL: &str = "項績評價預執財務總額資數萬億兩貳參實際單門縣區鄉鎮辦處經費專業標產質時濟會態環滿對應計劃規設備購種類別級說問題進\
    達營運動發電網絡視傳書檔師醫療衛藥農漁場統調節關開閉聽講課訓練習員勞軍隊檢驗證認識語議論讀寫記錄報導東車輛軌橋樓\
    園島灣嶺陸歲齡婦兒孫親鄰協愛護義慶廟國組織團體聯繫歸納繳稅銀錢幣債權責確礎樣條約簡復雜難貧窮優勢異負減長屬監審測\
    試階陽陰災險滅壓響匯兌換補貼賀贈與舉薦選擇廣寬嚴寧靜華麗豐獲穀糧飲館飯養魚蝦雞豬馬騾驢龍鳳鳥獸蟲樹葉藝術創舊樂劇\
    戲圖畫線紙筆針鐘鐵銅錫鉛鍋爐燈頭腦臉膽腎臟腳膠況決餘轉結該撥機構稱號蓋簽當層現請釋據過個為來從後銷貸則維擴崗眾廳\
    臺綜間邊圍貢獻顯儲輸郵諮詢續裝託離獎勵壞塊墳墊牆聲殼夠奮寶將屆帳帶幫庫廢張徹懇懲懾戰掃揚撫搶擔擬損攪攝擺敵無晉暫\
    楊極櫃棟樁畢漢湯溝澤淺塗潤淵漸溫濕滾濱潛猶瑣矯碼磚礙禮禍禪積穩竊競築糞紀純綱紡終紹繪絕繼綠編緩縮罰羅職肅脹捨艙艱\
    蘇範榮蕩萊蔣藍銜覺訂討訊訴診詞誠詳誤諾談謝貝敗貫貴賃賠賽趨躍輪軟輕較輯遷邁還這遠違連遲適遜遞遺鄭鋼鋪鋒錯鍵鏡閑聞\
    閱隨隱霧頂順須顧領頻風駐騙鮮";

/// The radicals of U+2F00 to U+2FD5 as ordinary characters; converted PDF files hold them in place of these.
const RADICALS: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡\
    彳心戈户手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立\
    竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾见角言谷豆豕豸贝赤走足身车辛辰辵邑酉釆里金长门阜隶隹雨青非\
    面革韦韭音页风飞食首香马骨高髟鬥鬯鬲鬼鱼鸟卤鹿麦麻黄黍黑黹黾鼎鼓鼠鼻齐齿龙龟龠";

fn build() -> Vec<u16> {
    let mut table: Vec<u16> = (0..=u16::MAX).collect();
    let mut set = |from: char, to: Option<char>| {
        let code = |c: char| u16::try_from(u32::from(c)).ok();
        if let Some(slot) = code(from).and_then(|at| table.get_mut(usize::from(at))) {
            *slot = to.and_then(code).unwrap_or(0);
        }
    };
    for c in (0..=0xFFFF_u32).filter_map(char::from_u32) {
        if c.is_whitespace() || c.is_control() || INVISIBLE.contains(c) {
            set(c, None);
        }
    }
    for (from, to) in ('\u{ff01}'..='\u{ff5e}').zip('!'..='~') {
        set(from, Some(to));
    }
    for group in LOOK_ALIKES {
        let mut characters = group.chars();
        let to = characters.next();
        characters.for_each(|from| set(from, to));
    }
    for (from, to) in written(TRADITIONAL).zip(written(SIMPLIFIED)).filter(|(from, to)| from != to) {
        set(from, Some(to));
    }
    for (from, to) in ('\u{2f00}'..='\u{2fd5}').zip(written(RADICALS)) {
        set(from, Some(to));
    }
    table
}

/// The characters of a list without the blanks of its layout.
fn written(list: &str) -> impl Iterator<Item = char> {
    list.chars().filter(|c| !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::{RADICALS, SIMPLIFIED, TRADITIONAL, written};

    #[test]
    fn lists_pair_up() {
        assert_eq!(written(TRADITIONAL).count(), written(SIMPLIFIED).count());
        assert_eq!(written(RADICALS).count(), 214);
        let simplified: Vec<char> = written(SIMPLIFIED).collect();
        for (from, to) in written(TRADITIONAL).zip(written(SIMPLIFIED)).filter(|(from, to)| from != to) {
            assert!(!simplified.contains(&from), "{from} → {to} would not be stable");
        }
    }
}
