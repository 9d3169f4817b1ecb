/// Converts the simple TeX of titles and abstracts to the text it prints.
///
/// `CO$_2$` is “CO2”, `G{\"o}del` is “Gödel”, `$\alpha$` is “α”. Sums of money and Windows paths stay.
enum TeXText {
  static func plain(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: "\\") }) else {
      return text
    }
    var reader = TeXReader(text)
    return reader.plain()
  }

  static let accents: [Unicode.Scalar: Unicode.Scalar] = [
    "'": "\u{301}", "`": "\u{300}", "^": "\u{302}", "\"": "\u{308}", "~": "\u{303}",
    "=": "\u{304}", ".": "\u{307}", "c": "\u{327}", "v": "\u{30C}", "u": "\u{306}",
    "H": "\u{30B}", "k": "\u{328}", "r": "\u{30A}", "d": "\u{323}",
  ]

  /// Commands whose argument is shown as it is.
  static let transparent: Set<String> = [
    "textit", "textbf", "textsc", "textrm", "textsf", "texttt", "textup", "textsl", "emph",
    "mathrm",
    "mathit", "mathbf", "mathcal", "mathbb", "mathsf", "text", "mbox", "boldsymbol", "operatorname",
    "underline", "uppercase", "textsubscript",
  ]

  static let symbols: [String: String] = [
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ",
    "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ",
    "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
    "times": "×", "cdot": "·", "pm": "±", "mp": "∓", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥",
    "neq": "≠", "ne": "≠", "approx": "≈", "sim": "∼", "simeq": "≃", "equiv": "≡", "propto": "∝",
    "infty": "∞", "to": "→", "rightarrow": "→", "leftarrow": "←", "Rightarrow": "⇒",
    "leftrightarrow": "↔", "in": "∈", "subset": "⊂", "cup": "∪", "cap": "∩", "sum": "∑",
    "prod": "∏", "int": "∫", "partial": "∂", "nabla": "∇", "degree": "°", "circ": "°",
    "ell": "ℓ", "hbar": "ℏ", "ldots": "…", "dots": "…", "cdots": "…", "prime": "′", "ast": "*",
    "ss": "ß", "o": "ø", "O": "Ø", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å",
    "AA": "Å", "l": "ł", "L": "Ł", "i": "ı", "textendash": "–", "textemdash": "—", "quad": " ",
    "textregistered": "®", "texttrademark": "™", "copyright": "©", "S": "§", "P": "¶",
    "left": "", "right": "", "limits": "", "displaystyle": "", "it": "", "bf": "", "em": "",
    "log": "log", "ln": "ln", "exp": "exp", "sin": "sin", "cos": "cos", "max": "max", "min": "min",
  ]
}
