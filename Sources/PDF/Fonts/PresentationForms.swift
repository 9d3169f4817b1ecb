// The Unicode Standard, chapter 9: presentation forms of Hebrew and Arabic letters are
// compatibility characters.

/// The letters of presentation forms.
enum PresentationForms {
  /// The letters of a form in order; nil for other characters.
  static func letters(_ scalar: UInt32) -> [UInt32]? {
    guard scalar >= 0xFB00, scalar <= 0xFEFC else { return nil }
    return forms[scalar]
  }

  /// The first form of one or more letters, the number of forms, and the letters.
  private static let table = """
    FB1D:1:5D9+5B4 FB1F:1:5F2+5B7 FB20:1:5E2 FB21:1:5D0 FB22:1:5D3 FB23:1:5D4 FB24:1:5DB
    FB25:1:5DC FB26:1:5DD FB27:1:5E8 FB28:1:5EA FB29:1:2B FB2A:1:5E9+5C1 FB2B:1:5E9+5C2
    FB2C:1:5E9+5BC+5C1 FB2D:1:5E9+5BC+5C2 FB2E:1:5D0+5B7 FB2F:1:5D0+5B8 FB30:1:5D0+5BC
    FB31:1:5D1+5BC FB32:1:5D2+5BC FB33:1:5D3+5BC FB34:1:5D4+5BC FB35:1:5D5+5BC FB36:1:5D6+5BC
    FB38:1:5D8+5BC FB39:1:5D9+5BC FB3A:1:5DA+5BC FB3B:1:5DB+5BC FB3C:1:5DC+5BC FB3E:1:5DE+5BC
    FB40:1:5E0+5BC FB41:1:5E1+5BC FB43:1:5E3+5BC FB44:1:5E4+5BC FB46:1:5E6+5BC FB47:1:5E7+5BC
    FB48:1:5E8+5BC FB49:1:5E9+5BC FB4A:1:5EA+5BC FB4B:1:5D5+5B9 FB4C:1:5D1+5BF FB4D:1:5DB+5BF
    FB4E:1:5E4+5BF FB4F:1:5D0+5DC FB50:2:671 FB52:4:67B FB56:4:67E FB5A:4:680 FB5E:4:67A
    FB62:4:67F FB66:4:679 FB6A:4:6A4 FB6E:4:6A6 FB72:4:684 FB76:4:683 FB7A:4:686 FB7E:4:687
    FB82:2:68D FB84:2:68C FB86:2:68E FB88:2:688 FB8A:2:698 FB8C:2:691 FB8E:4:6A9 FB92:4:6AF
    FB96:4:6B3 FB9A:4:6B1 FB9E:2:6BA FBA0:4:6BB FBA4:2:6C0 FBA6:4:6C1 FBAA:4:6BE FBAE:2:6D2
    FBB0:2:6D3 FBD3:4:6AD FBD7:2:6C7 FBD9:2:6C6 FBDB:2:6C8 FBDD:1:6C7+674 FBDE:2:6CB FBE0:2:6C5
    FBE2:2:6C9 FBE4:4:6D0 FBE8:2:649 FBEA:2:626+627 FBEC:2:626+6D5 FBEE:2:626+648 FBF0:2:626+6C7
    FBF2:2:626+6C6 FBF4:2:626+6C8 FBF6:3:626+6D0 FBF9:3:626+649 FBFC:4:6CC FDF0:1:635+644+6D2
    FDF1:1:642+644+6D2 FDF2:1:627+644+644+647 FDF3:1:627+643+628+631 FDF4:1:645+62D+645+62F
    FDF5:1:635+644+639+645 FDF6:1:631+633+648+644 FDF7:1:639+644+64A+647 FDF8:1:648+633+644+645
    FDF9:1:635+644+649 FDFA:1:635+644+649+20+627+644+644+647+20+639+644+64A+647+20+648+633+644+645
    FDFB:1:62C+644+20+62C+644+627+644+647 FE70:2:64B FE72:1:64C FE74:1:64D FE76:2:64E FE78:2:64F
    FE7A:2:650 FE7C:2:651 FE7E:2:652 FE80:1:621 FE81:2:622 FE83:2:623 FE85:2:624 FE87:2:625
    FE89:4:626 FE8D:2:627 FE8F:4:628 FE93:2:629 FE95:4:62A FE99:4:62B FE9D:4:62C FEA1:4:62D
    FEA5:4:62E FEA9:2:62F FEAB:2:630 FEAD:2:631 FEAF:2:632 FEB1:4:633 FEB5:4:634 FEB9:4:635
    FEBD:4:636 FEC1:4:637 FEC5:4:638 FEC9:4:639 FECD:4:63A FED1:4:641 FED5:4:642 FED9:4:643
    FEDD:4:644 FEE1:4:645 FEE5:4:646 FEE9:4:647 FEED:2:648 FEEF:2:649 FEF1:4:64A FEF5:2:644+622
    FEF7:2:644+623 FEF9:2:644+625 FEFB:2:644+627
    """

  private static let forms: [UInt32: [UInt32]] = {
    // Latin ligatures.
    var forms: [UInt32: [UInt32]] = [
      0xFB00: [0x66, 0x66], 0xFB01: [0x66, 0x69], 0xFB02: [0x66, 0x6C], 0xFB03: [0x66, 0x66, 0x69],
      0xFB04: [0x66, 0x66, 0x6C], 0xFB05: [0x73, 0x74], 0xFB06: [0x73, 0x74],
    ]
    for entry in table.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      let parts = entry.split(separator: ":")
      guard parts.count == 3, let first = UInt32(parts[0], radix: 16), let count = UInt32(parts[1])
      else { continue }
      let letters = parts[2].split(separator: "+").compactMap { UInt32($0, radix: 16) }
      for scalar in first..<first + count { forms[scalar] = letters }
    }
    return forms
  }()
}
