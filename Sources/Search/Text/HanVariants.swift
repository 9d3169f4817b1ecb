internal import Foundation

/// Brings the variants of a Han character to one: 臺 and 台, 國 and 国, 経 and 经.
///
/// Traditional characters become simplified ones by the transform of ICU (Unicode License), which
/// Foundation has. The characters that only Japanese simplifies follow, in pairs with the Chinese
/// ones, after the list JPVariants of OpenCC (Apache License 2.0).
enum HanVariants {
  /// The character that stands for all variants of one.
  static func common(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard block.contains(scalar.value) else { return scalar }
    return Unicode.Scalar(table[Int(scalar.value - block.lowerBound)]) ?? scalar
  }

  private static let block: ClosedRange<UInt32> = 0x4E00...0x9FFF

  /// What each character of the block becomes.
  ///
  /// Made once: the transform of a single character takes as long as that of many.
  private static let table: [UInt16] = {
    var table = block.map { UInt16($0) }
    let characters = table.compactMap { Unicode.Scalar($0).map { "\($0)" } }
    let transform = StringTransform("Hant-Hans")
    // Each on a line of its own, so that none is read together with its neighbour.
    let lines = characters.joined(separator: "\n").applyingTransform(transform, reverse: false)
    for (index, line) in (lines ?? "").split(separator: "\n").enumerated() where index < table.count
    {
      if let scalar = line.unicodeScalars.first, block.contains(scalar.value) {
        table[index] = UInt16(scalar.value)
      }
    }
    for pair in japanese.split(whereSeparator: \.isWhitespace) {
      let scalars = Array(pair.unicodeScalars)
      table[Int(scalars[0].value - block.lowerBound)] = UInt16(scalars[1].value)
    }
    return table
  }()

  private static let japanese = """
    乗乘 亜亚 仏佛 仮假 伝传 価价 倹俭 児儿 両两 剰剩 剣剑 剤剂 労劳 勲勋 勧劝 巻卷 呉吴 呪咒 唖哑 単单
    噛啮 厳严 圏圈 囲围 円圆 図图 団团 増增 圧压 塁垒 壊坏 壌壤 壱壹 奨奖 嬢娘 実实 寛宽 専专 対对 峰峯
    岳嶽 巌岩 巣巢 帯带 廃废 広广 庁厅 弾弹 従从 徴征 徳德 恵惠 悪恶 悩恼 応应 懐怀 戦战 戯戏 戸户 戻戾
    払拂 抜拔 拝拜 挿插 掲揭 掻搔 揺摇 捜搜 択择 撃击 拠据 拡扩 摂摄 撹搅 収收 効效 勅敕 晩晚 曁暨 暦历
    暁晓 曽曾 桝枡 査查 桟栈 楡榆 栄荣 楽乐 様样 検检 桜樱 権权 歓欢 歩步 歳岁 歴历 帰归 殻壳 毎每 気气
    汚污 渉涉 涙泪 浄净 渇渴 溌泼 渓溪 満满 渋涩 沢泽 済济 浜滨 沪滤 滝泷 瀬濑 焔焰 焼烧 営营 犠牺 猟猎
    獣兽 畳叠 疏疎 痺痹 痩瘦 発发 皐皋 砕碎 稲稻 頴颖 穂穗 穏稳 穣穰 竃灶 粋粹 粽糉 糸丝 経经 緒緖 縁缘
    県县 縦纵 総总 繋系 繍绣 縄绳 絵绘 継继 続续 繊纤 連联 聡聪 聴听 粛肃 脳脑 臓脏 挙举 舎舍 茘荔 荘庄
    薫薰 蔵藏 芸艺 薬药 処处 蛍萤 蝋蜡 覚觉 覧览 観观 訳译 読读 変变 譲让 豊丰 予豫 弐贰 売卖 頼赖 賛赞
    軽轻 輌辆 転转 逓递 遅迟 辺边 郷乡 醋酢 酔醉 醗酦 醤酱 醸酿 釈释 舗铺 銭钱 錬炼 鉄铁 鋳铸 鉱鑛 陥陷
    険险 隠隐 雑杂 鶏鸡 覇霸 霊灵 顕显 騒骚 駆驱 験验 駅驿 髄髓 髪发 鴎鸥 鹸碱 塩盐 麺麪 黒黑 黙默 斉齐
    斎斋 歯齿 齢龄 竜龙 亀龟
    """
}
