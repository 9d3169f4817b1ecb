import Compression
import Foundation
import PDF
import TestSupport
import Testing

@Suite("Files with an empty user password are decrypted, others need a password (ISO 32000-1 §7.6)")
struct EncryptionTests {
  @Test(
    arguments: [
      ("RC4 of 40 bits", EncryptedFiles.rc4of40),
      ("RC4 of 128 bits", EncryptedFiles.rc4of128),
      ("AES-128", EncryptedFiles.aes128),
      ("AES-128, metadata in the clear", EncryptedFiles.aes128WithClearMetadata),
      ("AES-256", EncryptedFiles.aes256),
      ("AES-256 of revision 5", EncryptedFiles.aes256OfRevision5),
    ] as [(String, String)])
  func opens(_ kind: String, _ file: String) throws {
    let document = try text(of: EncryptedFiles.bytes(file))
    #expect(document.pages.map(\.text) == ["Water and Rivalry\n"], "\(kind)")
    #expect(document.metadata.title == "Rivers of the Region")
    #expect(document.defects.isEmpty)
  }

  @Test("One whose table is lost is still decrypted")
  func rebuilt() throws {
    let bytes = try EncryptedFiles.bytes(EncryptedFiles.rc4of128)
    let file = String(decoding: bytes.map { $0 < 128 ? $0 : 0x3F }, as: UTF8.self)
    let range = try #require(file.range(of: "startxref"))
    let start = file.utf8.distance(from: file.startIndex, to: range.lowerBound)
    let document = try text(of: Array(bytes[..<start]))
    #expect(document.pages.map(\.text) == ["Water and Rivalry\n"])
  }

  @Test("A user password")
  func password() throws {
    let bytes = try EncryptedFiles.bytes(EncryptedFiles.needsPassword)
    #expect(throws: PDFError.needsPassword) { try text(of: bytes) }
    #expect("\(PDFError.needsPassword)" == "it needs a password")
  }

  @Test(
    "A handler that nobody knows is named",
    arguments: [
      "/Filter/Acme/V 1", "/Filter/Standard/V 9/R 9", "/Filter/Standard/V 3/R 3",
    ])
  func unknown(_ entries: String) throws {
    var file = SampleFile(pages: [""])
    file.trailer += "/Encrypt<<\(entries)>>"
    #expect(throws: PDFError.self) { try text(of: file.bytes) }
  }

  @Test("Entries that are too short open nothing")
  func short() throws {
    var file = SampleFile(pages: [""])
    file.trailer += "/Encrypt<</Filter/Standard/V 1/R 2/O(a)/U(b)/P -4>>/ID[(x)(x)]"
    #expect(throws: PDFError.needsPassword) { try text(of: file.bytes) }
  }
}

/// Small files that another program encrypted, with the owner password “owner”; deflated and in
/// base 64.
enum EncryptedFiles {
  static func bytes(_ file: String) throws -> [UInt8] {
    try inflate(Array(Data(base64Encoded: file) ?? Data()), limit: 10_000)
  }

  static let rc4of40 =
    """
    eNqFUj1v1EAQ7Sj8AyhhmpNogvd7bel0Evk4PqOckgBFFIn17vowXGxkb1CCBD3iN6RBQhElPdIJ5QdQUFAgUaFI\
    VJRUINa+S2x0SNjN7puZN29mX2+0OlzCV1nQm/58/TvAgKBIHgX9PoQjNbYVUI9sQrh9+MRCuKKcmhRjGAwCm5s6\
    kXQKtjM3sdC3kZYaMUIEThVDSmmJtDKKMklTZBFmiCiJ6aBDQzs0K8V+7gBDeDszFewAaxTsQrhuTaaWiwOPIf8L\
    TEDGpI7M1M0Et6TsL9Lc2dxVwGfzjFTpr2fTbdqq2C+1r65zhz53dsAgmoRBrbXbptOFd7rcsfnYPQQW1fHKlVbt\
    BeH1Y7j84cXe6fGFi+9Ov09/XJqunxxN34+PPr39/ODx14/4+cnLL2Z9+8qb41/fXt2qeeel8w6i02FZVbbRF96w\
    k6fWZVpBuJbrwmT5GML7WX4tr7IW2NpPXKO61o7PRmgY2hFkp8Ewmzhb+kKncqNK0w6FINyAvo5J/bSRTJW2VkTC\
    Uv+sGCVcS4P8E0eIU8xJKi2xliKLsRax1YwRLoVK/BpHsMT8zoFAeBf6CTVxqqgQMRI2ZSSlnGlhbCKZ5jGS3KqU\
    Uubv3lSUi0QhI1NqTJRwbJDyhPe8W9ppDkqbBgiiAJ1/IDinHFI4x7B/tiaSt5hgCximi3mEoAWMErKAsX/kcSxb\
    zJUqm/hd12u/macFkLkbi6L2f3Peyp5ZiHx8FXb6FDPMYyL8LFEsY0poxAQRjNKIEhnzwf8zdhu3lIdPHMi5tb1R\
    VemarUlCg15vbWMY/AEniCA1
    """

  static let rc4of128 =
    """
    eNqFVE1r1FAU3bkILsX13XRZk/edB8NAvwaLlQ5tVaR08fI+xmhMapIprQvX/gNx4UIXuhMUhApKQcGF+g/EX6Hg\
    TnzJTDuREUw2L+ede+85N/e9heHqYBFdosHCya9nvwMEERTJ7aDXg3CoRrYC4pEtCHeO9i2EK6pWWTGCfj+wuWmI\
    uBOwk9aZhR6RMcFOcyeY5ixC3DnJUCQQddJwI5FIpHYa9TtpSCfNSjHOa0AQXklNBbtAWwV7EF61JlXLxaHHIv9y\
    hEFI3OxM1E0Ez5LSv5Lmtc3rCtjEz1CV/vPU3ZatinGpfXTDHXjuZIGAt4R+o7VbplOFdaps2HxU3wIaN/tVXVp1\
    N/j25MLBePPp1xfk8cmj8zd19vrD26WXxxeLN+TTj3fvj78c3/n8/KH6fi77+FPfe/WgyTsNnVbgnQrLqrKtvvCy\
    zQ5snWoF4VquC5PmIwhvpPlSXqUzYHuc1K3qRjs6tdBmmFkQnQKDNKtt6QNrlRtVmjNTCMcQbkKPce5ULIi1hGgh\
    hTYkkRF1RhkXI6qcItQ4qUjsuDUUJTKmFmtuFFaKO+b7OIRF6pvuux9eg57FSGtiEEkip5SUPjwRBkcOIV+C2Ahh\
    TBlXEiXKMkQoFkRxk/iVjoWmPuF1wB07h6V1QQRxEJ09wBkjDBycYcj/t3Ynn2GczmGIzPMwjuYwgvEcRv/BY0jM\
    sLpUaeab3fR9PXcF4Ok4FkVzANr1dnrfgu/8+irs9giiiEnMvZdYCkkwiSnHnBLij5yQrP9/xl47LuXRfg1iOtt+\
    UlVZt10T2N8EC2ubg+APgeEhHA==
    """

  static let aes128 =
    """
    eNqFVL9rFEEU7rcQKwsJOk0awez8nlm4HESTw5/cYaIWIcXszNtk5bIb9zZBLWzEQtDGRrBR1EJr0ULENFrYWIj2\
    IkH/AAtRJDi7ueRWrnC32Jlv3rzvve+9t5O92c5RMiWDyc2fj7YDgjDK40tBq4XCnlmGAWIeOYfChatrgMLjpjT9\
    fBm12wFkrjKkjQsLadkH1MJALDVMcym4pAor0DYyRsfSckcBxxYSJy0oHetImETLmAnqqAUBzMoIK26UiylVzDlL\
    dKQwcSQGJxUIIeJ2g5416I/n61mJCApPp26AFhGvI19C4VlwqTmWX/EY9q8kFKmIVic7We0kOnLK/3GalZCVAyR2\
    dOiZwm93VTkHg3y9sP52ZdvxtjsLgmRt0K5ibdI0WESD5Qxky+UK0rg6H5QFmNVg38QR3VmI167fvv/05duPX7q/\
    brxeeiBvrxz4ehDe3wnuPvixdXPr2/S7Jy8Ofv/w8PO956ce77+8OYVvTa/qr8WbP6/Ip2cT24fzYpaeOvR7o+Id\
    uh5GIBsRHDMDqOMPT0B/A8rUGhTOZTZ3abaMwotpNpMN0hEwvx6XdVZVbmQ3xdrDKEXVFLJTSzNfuuFqZr1cmduo\
    xAxnc9tdg6wyOusP5uYv0D1NiNxVsZP2SygqFyZzpnAjE6pR2EUtIWVitGIAjFkVKetYHGGeOOMSTbhJDOMuiXxr\
    JhIcJ3GkOVArnaHGyER4jh46yn1Zfe94mtXObrz+U4w251ELKLGWOcJinBgTRd5xrBzFCSGenAEmlHIhTURiA4Iw\
    7pvZSBf7ldXKck91wZOMpLpSQBJgpAO89yApBBMoQXsY8T1Tn2QjTPIxjERkDKNKjmFM6TFM4HFM4gZvWZi078tQ\
    lfBkluSIDkchz6vhq9fz6TVAviYnZ9FiixFORESlz8WPcsRo9WegkjOmGVWRaP/fYqluxeLqWonUcK78lJiirFXz\
    JQ4mJ+e6neAvoMxZlQ==
    """

  static let aes256 =
    """
    eNqFVD1oZFUUbpcpbLRzwdukEeK7/z8Qgskmg+vukpBk44Zli3PvPS87MnkvvHkJWYvthbUQC9FCZKsFGyVgK4j4\
    V2opqCwsWFu4YCGe9zLJjKRwZnhz73fOOz8f3zkLm2vDRfGaGyx89fzxPwPBOKvj24OlJVasn7RYTUZ1NWHddWVt\
    db0/rMIEd7HpLKygV+c8b+Ixjplny8vdr9iEfZwwRTG3WLHz4BBZcQ1aGNf7ZB5glbtUci7lzqgdI1viKJIE5bU1\
    2krHHfoUAHy0SWeJPAP6HF2EDLJEbcggvYhZB5NjKY1TpQ46uSANWFBa+lL6oGW2TitrYHkuvZpLf60+qlomWHFj\
    lCfsLtN95fdYcQvzCFbrE8I4fa2QjIJ3lrOuzhqdBdX/CVoRO+2EmTMeNqGh6zkrWzipj5qEZxwPyffsIJjtHaZM\
    ztLMZTFzWW5itd/eZ5539knbIBwMXrj6qh/uxMOHjz5+8uU3P/3+651v66unix9M2r+fvPvez+np0cFfH3725/5H\
    z/Ze3nv86ebzk2d/vL5nxQ+Prvz24xfNJ989PT198f3vf/n6zpvtlZde+bzLOw09rcDOVdDJoq+/eAPHx9iOEpAy\
    qlTnUbXPirdG1QppZAZsH8W276rrTZy32EeYtejmiRz21Gy3eXpaOWrvrx93ZBZrddo4xKpzukWG9e1ddcGJkucs\
    DkfjFpsuBFQZmnzhIo1lxQZb8oZkY0RQWWchbZk9BBFyBKcTDxgdQkAnVZQllOTIM0lNJkBHvjKmpKNJXkUN0lsZ\
    gDtllRVOgzcoykQ1bNAQJc1l1hx14DpkraCMUZHMteEhAoDRYJMK2ljthNZgSsstpmyN8Ii2C7PJFjU9sTkg5WhX\
    ppRDVjQsKiqb6V2BUaQck1Q6kv8W6Yn6PhieE0h/zexym4aOhotrG5RRmlM5MQLyUkevEJQSMvEYRfY8C4UheG/A\
    ZZGCdTE5jJqbaAWPPkXnUZoyK+RIuCtLjQlzV8Rt6h2Vc8LbDCm46ANIKIMJKpXeZ25LwjI3QgOR44QUEALNrALv\
    NeeR0lOYXRqlmUROGiwHnPkBv/gwa4wyrGQXmKBZ6S3VBSYUv4TR6riE0fq4hGmtL2HGXcasEzOsbWA0Jvl10r1e\
    lTWT0xVQ193S6c/bo3eQ9mdxfY3dXVJCCxOkpV58cEHJbiNKS3R4JV0wy//vca8fwebBYcvcdJ/QdoCm7Vkjfv1g\
    YWF9Yzj4F3YUseY=
    """

  static let aes256OfRevision5 =
    """
    eNqFVM9rJFUQvggrLYhnEXyXuCCs/d6r96thCCSbGRQ3JCTZCK57eP1edbbXSXfs6cSsCx68CXrxuDcVwT9AXEHB\
    y57MyRwWPClevHjVBQWxumcyM5KDM0PPe19V11f1UVUr2xuja+IVm6x8/+SzfxLBOKvzu8lgwNLhaYvVpKyrCeuu\
    axvrw/6w7ie4j01nYSm9uuR5A09wzICtrna/dNsf4ISunO2wdO/eEbL0um/9uD4gc4JV7KjkEuVe2Y6RDTiKID04\
    ZbQy0nKLLmTeu9wEFSVymyHyXIO0JjcmBDpnxnOnwDgd8uhzpbwhL5mrWEDhBDjgQYNQ3pLH6hI9LNFfr4+rlgmW\
    vl7GCbvFVJ/5bZZuYiz9en1KGKevEZLZTHaWaVXTQhdB1X+CVqROO2F6qsO2b+h6ocoOTurjJuBU4xH5Tg+Cmd5h\
    puSCZolFL7HcwOqgvcMc7+yTtkF/mDz7wstutJcfvf/Rgy+/fnT+y/3m0z+ef/zN4/Pk7Off//pi9O1bZ5+//dvZ\
    +d2Xfvz74TPlB3tXNp8O+uMnf/7aPPfOmz+9+JT/4atHm1euPrj/ybsPP7z6Xcc7Cz3LwCxl0LVFn3/6Ko5PsC2D\
    p86oQh3L6oClb5TVGvXIAtg9ztu+qq42cVFiH2FRol0WctRLs9vG2WntuL0zPOnETDfqsHWEVee0SYbh7j7MNQF5\
    oeKoHLfYdCF8FX0T5y5SG5ZusYEUSgNkHiDmRliURltpMA9gVQ7c5xiBG0Bh8yJIqYS2XguJdI7OISjLJTVHZrSh\
    d50WznNvCiW8Ud6HjHLYoiEyDsDqLHInvbBSmUjO5FKgk8A7Q8eguECDhRHBqYx4cmOtc8Fq2Y0Wu6boic0hdY4D\
    xbmm3KTPhS0iaMpHmVxLBK20Jv8daj+q+3B0ISD9NYvLTTbQNgTBo3GUKs0VuIC50koIY1xfgZdAyZFU0uY0Y8Kj\
    0sETLackPUikKaSZBI4OvFacJo4jyKDzUFjbJX2TaidMc0Ug2dEHS3SBYqCIAVyMxjoPJAm9l2U86sxab0gl7gpS\
    iBeCwuxTLYsWOW2wSDhzCZ9/mNEaNCvYHBM0K72lmmMC+CVMansJAyUvYUqpS5i2lzFjxQJrG1+Oqf261n2tKmom\
    Zyugrrul0593y/eQObJvsFsDWldCZ9SDoF1mM5KWNqI0CmibSZvp1f/3uN2PYHPvqGV2tk9oO/im7VUTUrhkZWW4\
    NUr+BU8Yq4g=
    """

  static let aes128WithClearMetadata =
    """
    eNqFVM1r1EAUF4sIOQh6E3p4IHtoQZP5yMwElhVtd1W0tLTVIlLkZWZSo9tkyaZ+HfwLCoLgxaMnRc+KXkTwL/Be\
    9ODdi+jBD5yk225kDyaBvPzmzfu993tv0lqa750kp4TXevfj6R+PQAB5fNNrt8Ffwg07BOaQZfBX7w0s+HNYYj/f\
    gE7Hs5mpHGljw2pa9i20A0s0Raa4CLmgMpBW6QhRxUJzQ20QRITFIuAR0TZg2qCyCikxmnJlOKIlNJImDjAJNTUy\
    EUagku7hiSZEkU6DnjXo5/KtrAQC/sXUDOEa8DrzdfAXrEnxbH7XYYG7BaEgI1qt7Fa1W+g4KP8naFbarBxCuKvD\
    Ehbuc0+VZTvMtwrtdle+Pee7axAQtUOnyrVJ02AJGyyXbLZR3gAVVOvDsrC46R2ZnlW91XjwYPvJs1cfPn7ePrjw\
    fPql9+bYd9U/Pbd259CX45vvT9w5PPVpZ3tq7fHTmXOzv/JHt17Ar6MPf349cH1wdfb38ky+vvPtE229ftuteEeh\
    RxmIRgZncWjr/P3ztn/blqlG8LuZzk2abYC/lmZnsmE6Bla24rKuqqqN7JVYRxiXKJtC9mppVkozss5slTe6tysx\
    /flcLw5sVjktuIXuyhW6rwkReyo68uLeoFywJRo3h5Bgf1hxpv3SFlVkzAwWZryTKvAXoR0KkbjpYdYypmUktWFx\
    FPDEoEkU4Zgg4yaJ3MQmwhpO4khxS7UwSBFFEjrqJTjJXbfdSDmazd5eGe5VjD8uQzuWaAVBGyZWMaK1cXSRJmFo\
    eBJRoQNCKQ8FRiR2ToRxKhkKEztLK6m5o7riSMYK3i1s4gWgvGD/AhGGLIQE9jHiRqleycaY4BMYicgERqWYwJhU\
    E1gYTGIiaPCWBaZ914aqsxeyJAc6OiF5Xp3J2l5J71twPbkwD9fajHASOk1cLcqJxGj1w6CCM6YYlVHY+b/H+v5M\
    gBwdN3d4sChr1SIqvVaru9jz/gLGVVyI
    """

  static let needsPassword =
    """
    eNqFVD1sW1UUHlgqD4wsMFwGSwVR3v3/qUykJI6holWiOA1IVYf7c25i5LwXnl9CWqFKbICYOgEDQgyIgRGxsjAh\
    FqDssLEhFlhQxXkvjm2Uobb1fO85552fT993+jvD0TX2sun1v/vni8c9Riipwlu9wYAUW2cNlLNJVc5Ie10fbmx1\
    hw0/g32oWw8p8NWVyJtwClNiydpa+yt2/AHMiMCcu6TYu3cMpNj0jZ9WB+juQZnaUnyl5N6kmQIZUGCRe2GlVlJz\
    Qw3Y6Ly3QUeZOFCQECDrGJRQVkvFtY8UuOM6a6OZjOCd44JmEcAKGwUX0pqYnA9ZBmvXVsqLlfKb1UnZEEaK1ydp\
    Ru4Q2XV+lxS3IE38RnWGNopfzTgxjree86nOB10mlf9LWiI6zYyocxx2fI3XC1R2YVad1BHOMR5h7PmBEd0FzJFc\
    llmpolaq3ITyoDkklrb+WVODP+o9/dyLdrQXjh989OlX337/82+fDV59s5//1F9/+cvv5V+PHvz9yU/XN96/Eh9+\
    Xl3dbH648vDRe+9++M0zz95/4QMy5i/9ePLU8O2PH/8xfuX5fw9/fef61bbuPPW8A73SQUuLrv/iNZieQjOJHplR\
    xipNygNSvDEp15EjS8P4JDTdVO1s7GLELsNyRLMK5KiDZtyk+Wn9pDncOm3BLIZV3D6Gsg26hY6t8b5YYCL4BYqj\
    ybSBuk3hy+TrtAjhSpNimwxyNh6s9MgnmSQwBZ6mJHimoPASBGTOvE0xMDBORh+5SU5HGrNPwkfTxiDLGNLPO6md\
    lVmH4HXkSkgZsIdtFBHLlsoUBSThnKYtNbWLNmfkbvuGTFpElIB0WkNK0qCXU8+DolJlx1ppkWsSn1AfIXMy6sS5\
    GHhIHjCIRYWDKMU8ZRoMxfhd5BPOfTS6ABD/6uXlNhlol3iy0UiJ7YhWMBRV5iKiwUOUIoiofdLJpMgYqMwMY9wH\
    6YEyaqIB5/DVbKMXDqGTFFuPqFglvTGWaWziNs6eA6IkFBNeZBeU58LbqJWhQjAhNEo5u4gjB2WtE8xQiSVi5gim\
    iMoBptlHKS0pclZD7lFie3TxIVphCZLJwsZQK52nXNiYoJdsXJlLNiH5JZuU8pJNmcs2bdjS1tR+MkX6tdS9UeaK\
    8PkKqKp26XTn8eQ+4P4sbgzJnYFgkilcau2Wc8bhFsONyLUUwgpunFp7csTdToL1veOGmPk+we3g66ZDjXFme/3+\
    1vao9x81D60V
    """
}
