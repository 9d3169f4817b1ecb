// Adobe Glyph List 2.0, the facts of glyphlist.txt.
// Copyright 2002-2019 Adobe (http://www.adobe.com/).
// Licence: AdobeLicence.swift.

/// The names to e in the order of their bytes, each with its characters in hexadecimal.
let glyphListFirst = """
  A:0041 AE:00C6 AEacute:01FC AEmacron:01E2 AEsmall:F7E6 Aacute:00C1 Aacutesmall:F7E1 Abreve:0102
  Abreveacute:1EAE Abrevecyrillic:04D0 Abrevedotbelow:1EB6 Abrevegrave:1EB0 Abrevehookabove:1EB2
  Abrevetilde:1EB4 Acaron:01CD Acircle:24B6 Acircumflex:00C2 Acircumflexacute:1EA4
  Acircumflexdotbelow:1EAC Acircumflexgrave:1EA6 Acircumflexhookabove:1EA8 Acircumflexsmall:F7E2
  Acircumflextilde:1EAA Acute:F6C9 Acutesmall:F7B4 Acyrillic:0410 Adblgrave:0200 Adieresis:00C4
  Adieresiscyrillic:04D2 Adieresismacron:01DE Adieresissmall:F7E4 Adotbelow:1EA0 Adotmacron:01E0
  Agrave:00C0 Agravesmall:F7E0 Ahookabove:1EA2 Aiecyrillic:04D4 Ainvertedbreve:0202 Alpha:0391
  Alphatonos:0386 Amacron:0100 Amonospace:FF21 Aogonek:0104 Aring:00C5 Aringacute:01FA
  Aringbelow:1E00 Aringsmall:F7E5 Asmall:F761 Atilde:00C3 Atildesmall:F7E3 Aybarmenian:0531 B:0042
  Bcircle:24B7 Bdotaccent:1E02 Bdotbelow:1E04 Becyrillic:0411 Benarmenian:0532 Beta:0392
  Bhook:0181 Blinebelow:1E06 Bmonospace:FF22 Brevesmall:F6F4 Bsmall:F762 Btopbar:0182 C:0043
  Caarmenian:053E Cacute:0106 Caron:F6CA Caronsmall:F6F5 Ccaron:010C Ccedilla:00C7
  Ccedillaacute:1E08 Ccedillasmall:F7E7 Ccircle:24B8 Ccircumflex:0108 Cdot:010A Cdotaccent:010A
  Cedillasmall:F7B8 Chaarmenian:0549 Cheabkhasiancyrillic:04BC Checyrillic:0427
  Chedescenderabkhasiancyrillic:04BE Chedescendercyrillic:04B6 Chedieresiscyrillic:04F4
  Cheharmenian:0543 Chekhakassiancyrillic:04CB Cheverticalstrokecyrillic:04B8 Chi:03A7 Chook:0187
  Circumflexsmall:F6F6 Cmonospace:FF23 Coarmenian:0551 Csmall:F763 D:0044 DZ:01F1 DZcaron:01C4
  Daarmenian:0534 Dafrican:0189 Dcaron:010E Dcedilla:1E10 Dcircle:24B9 Dcircumflexbelow:1E12
  Dcroat:0110 Ddotaccent:1E0A Ddotbelow:1E0C Decyrillic:0414 Deicoptic:03EE Delta:2206
  Deltagreek:0394 Dhook:018A Dieresis:F6CB DieresisAcute:F6CC DieresisGrave:F6CD
  Dieresissmall:F7A8 Digammagreek:03DC Djecyrillic:0402 Dlinebelow:1E0E Dmonospace:FF24
  Dotaccentsmall:F6F7 Dslash:0110 Dsmall:F764 Dtopbar:018B Dz:01F2 Dzcaron:01C5
  Dzeabkhasiancyrillic:04E0 Dzecyrillic:0405 Dzhecyrillic:040F E:0045 Eacute:00C9 Eacutesmall:F7E9
  Ebreve:0114 Ecaron:011A Ecedillabreve:1E1C Echarmenian:0535 Ecircle:24BA Ecircumflex:00CA
  Ecircumflexacute:1EBE Ecircumflexbelow:1E18 Ecircumflexdotbelow:1EC6 Ecircumflexgrave:1EC0
  Ecircumflexhookabove:1EC2 Ecircumflexsmall:F7EA Ecircumflextilde:1EC4 Ecyrillic:0404
  Edblgrave:0204 Edieresis:00CB Edieresissmall:F7EB Edot:0116 Edotaccent:0116 Edotbelow:1EB8
  Efcyrillic:0424 Egrave:00C8 Egravesmall:F7E8 Eharmenian:0537 Ehookabove:1EBA Eightroman:2167
  Einvertedbreve:0206 Eiotifiedcyrillic:0464 Elcyrillic:041B Elevenroman:216A Emacron:0112
  Emacronacute:1E16 Emacrongrave:1E14 Emcyrillic:041C Emonospace:FF25 Encyrillic:041D
  Endescendercyrillic:04A2 Eng:014A Enghecyrillic:04A4 Enhookcyrillic:04C7 Eogonek:0118 Eopen:0190
  Epsilon:0395 Epsilontonos:0388 Ercyrillic:0420 Ereversed:018E Ereversedcyrillic:042D
  Escyrillic:0421 Esdescendercyrillic:04AA Esh:01A9 Esmall:F765 Eta:0397 Etarmenian:0538
  Etatonos:0389 Eth:00D0 Ethsmall:F7F0 Etilde:1EBC Etildebelow:1E1A Euro:20AC Ezh:01B7
  Ezhcaron:01EE Ezhreversed:01B8 F:0046 Fcircle:24BB Fdotaccent:1E1E Feharmenian:0556
  Feicoptic:03E4 Fhook:0191 Fitacyrillic:0472 Fiveroman:2164 Fmonospace:FF26 Fourroman:2163
  Fsmall:F766 G:0047 GBsquare:3387 Gacute:01F4 Gamma:0393 Gammaafrican:0194 Gangiacoptic:03EA
  Gbreve:011E Gcaron:01E6 Gcedilla:0122 Gcircle:24BC Gcircumflex:011C Gcommaaccent:0122 Gdot:0120
  Gdotaccent:0120 Gecyrillic:0413 Ghadarmenian:0542 Ghemiddlehookcyrillic:0494
  Ghestrokecyrillic:0492 Gheupturncyrillic:0490 Ghook:0193 Gimarmenian:0533 Gjecyrillic:0403
  Gmacron:1E20 Gmonospace:FF27 Grave:F6CE Gravesmall:F760 Gsmall:F767 Gsmallhook:029B Gstroke:01E4
  H:0048 H18533:25CF H18543:25AA H18551:25AB H22073:25A1 HPsquare:33CB Haabkhasiancyrillic:04A8
  Hadescendercyrillic:04B2 Hardsigncyrillic:042A Hbar:0126 Hbrevebelow:1E2A Hcedilla:1E28
  Hcircle:24BD Hcircumflex:0124 Hdieresis:1E26 Hdotaccent:1E22 Hdotbelow:1E24 Hmonospace:FF28
  Hoarmenian:0540 Horicoptic:03E8 Hsmall:F768 Hungarumlaut:F6CF Hungarumlautsmall:F6F8
  Hzsquare:3390 I:0049 IAcyrillic:042F IJ:0132 IUcyrillic:042E Iacute:00CD Iacutesmall:F7ED
  Ibreve:012C Icaron:01CF Icircle:24BE Icircumflex:00CE Icircumflexsmall:F7EE Icyrillic:0406
  Idblgrave:0208 Idieresis:00CF Idieresisacute:1E2E Idieresiscyrillic:04E4 Idieresissmall:F7EF
  Idot:0130 Idotaccent:0130 Idotbelow:1ECA Iebrevecyrillic:04D6 Iecyrillic:0415 Ifraktur:2111
  Igrave:00CC Igravesmall:F7EC Ihookabove:1EC8 Iicyrillic:0418 Iinvertedbreve:020A
  Iishortcyrillic:0419 Imacron:012A Imacroncyrillic:04E2 Imonospace:FF29 Iniarmenian:053B
  Iocyrillic:0401 Iogonek:012E Iota:0399 Iotaafrican:0196 Iotadieresis:03AA Iotatonos:038A
  Ismall:F769 Istroke:0197 Itilde:0128 Itildebelow:1E2C Izhitsacyrillic:0474
  Izhitsadblgravecyrillic:0476 J:004A Jaarmenian:0541 Jcircle:24BF Jcircumflex:0134
  Jecyrillic:0408 Jheharmenian:054B Jmonospace:FF2A Jsmall:F76A K:004B KBsquare:3385 KKsquare:33CD
  Kabashkircyrillic:04A0 Kacute:1E30 Kacyrillic:041A Kadescendercyrillic:049A Kahookcyrillic:04C3
  Kappa:039A Kastrokecyrillic:049E Kaverticalstrokecyrillic:049C Kcaron:01E8 Kcedilla:0136
  Kcircle:24C0 Kcommaaccent:0136 Kdotbelow:1E32 Keharmenian:0554 Kenarmenian:053F Khacyrillic:0425
  Kheicoptic:03E6 Khook:0198 Kjecyrillic:040C Klinebelow:1E34 Kmonospace:FF2B Koppacyrillic:0480
  Koppagreek:03DE Ksicyrillic:046E Ksmall:F76B L:004C LJ:01C7 LL:F6BF Lacute:0139 Lambda:039B
  Lcaron:013D Lcedilla:013B Lcircle:24C1 Lcircumflexbelow:1E3C Lcommaaccent:013B Ldot:013F
  Ldotaccent:013F Ldotbelow:1E36 Ldotbelowmacron:1E38 Liwnarmenian:053C Lj:01C8 Ljecyrillic:0409
  Llinebelow:1E3A Lmonospace:FF2C Lslash:0141 Lslashsmall:F6F9 Lsmall:F76C M:004D MBsquare:3386
  Macron:F6D0 Macronsmall:F7AF Macute:1E3E Mcircle:24C2 Mdotaccent:1E40 Mdotbelow:1E42
  Menarmenian:0544 Mmonospace:FF2D Msmall:F76D Mturned:019C Mu:039C N:004E NJ:01CA Nacute:0143
  Ncaron:0147 Ncedilla:0145 Ncircle:24C3 Ncircumflexbelow:1E4A Ncommaaccent:0145 Ndotaccent:1E44
  Ndotbelow:1E46 Nhookleft:019D Nineroman:2168 Nj:01CB Njecyrillic:040A Nlinebelow:1E48
  Nmonospace:FF2E Nowarmenian:0546 Nsmall:F76E Ntilde:00D1 Ntildesmall:F7F1 Nu:039D O:004F OE:0152
  OEsmall:F6FA Oacute:00D3 Oacutesmall:F7F3 Obarredcyrillic:04E8 Obarreddieresiscyrillic:04EA
  Obreve:014E Ocaron:01D1 Ocenteredtilde:019F Ocircle:24C4 Ocircumflex:00D4 Ocircumflexacute:1ED0
  Ocircumflexdotbelow:1ED8 Ocircumflexgrave:1ED2 Ocircumflexhookabove:1ED4 Ocircumflexsmall:F7F4
  Ocircumflextilde:1ED6 Ocyrillic:041E Odblacute:0150 Odblgrave:020C Odieresis:00D6
  Odieresiscyrillic:04E6 Odieresissmall:F7F6 Odotbelow:1ECC Ogoneksmall:F6FB Ograve:00D2
  Ogravesmall:F7F2 Oharmenian:0555 Ohm:2126 Ohookabove:1ECE Ohorn:01A0 Ohornacute:1EDA
  Ohorndotbelow:1EE2 Ohorngrave:1EDC Ohornhookabove:1EDE Ohorntilde:1EE0 Ohungarumlaut:0150
  Oi:01A2 Oinvertedbreve:020E Omacron:014C Omacronacute:1E52 Omacrongrave:1E50 Omega:2126
  Omegacyrillic:0460 Omegagreek:03A9 Omegaroundcyrillic:047A Omegatitlocyrillic:047C
  Omegatonos:038F Omicron:039F Omicrontonos:038C Omonospace:FF2F Oneroman:2160 Oogonek:01EA
  Oogonekmacron:01EC Oopen:0186 Oslash:00D8 Oslashacute:01FE Oslashsmall:F7F8 Osmall:F76F
  Ostrokeacute:01FE Otcyrillic:047E Otilde:00D5 Otildeacute:1E4C Otildedieresis:1E4E
  Otildesmall:F7F5 P:0050 Pacute:1E54 Pcircle:24C5 Pdotaccent:1E56 Pecyrillic:041F
  Peharmenian:054A Pemiddlehookcyrillic:04A6 Phi:03A6 Phook:01A4 Pi:03A0 Piwrarmenian:0553
  Pmonospace:FF30 Psi:03A8 Psicyrillic:0470 Psmall:F770 Q:0051 Qcircle:24C6 Qmonospace:FF31
  Qsmall:F771 R:0052 Raarmenian:054C Racute:0154 Rcaron:0158 Rcedilla:0156 Rcircle:24C7
  Rcommaaccent:0156 Rdblgrave:0210 Rdotaccent:1E58 Rdotbelow:1E5A Rdotbelowmacron:1E5C
  Reharmenian:0550 Rfraktur:211C Rho:03A1 Ringsmall:F6FC Rinvertedbreve:0212 Rlinebelow:1E5E
  Rmonospace:FF32 Rsmall:F772 Rsmallinverted:0281 Rsmallinvertedsuperior:02B6 S:0053 SF010000:250C
  SF020000:2514 SF030000:2510 SF040000:2518 SF050000:253C SF060000:252C SF070000:2534
  SF080000:251C SF090000:2524 SF100000:2500 SF110000:2502 SF190000:2561 SF200000:2562
  SF210000:2556 SF220000:2555 SF230000:2563 SF240000:2551 SF250000:2557 SF260000:255D
  SF270000:255C SF280000:255B SF360000:255E SF370000:255F SF380000:255A SF390000:2554
  SF400000:2569 SF410000:2566 SF420000:2560 SF430000:2550 SF440000:256C SF450000:2567
  SF460000:2568 SF470000:2564 SF480000:2565 SF490000:2559 SF500000:2558 SF510000:2552
  SF520000:2553 SF530000:256B SF540000:256A Sacute:015A Sacutedotaccent:1E64 Sampigreek:03E0
  Scaron:0160 Scarondotaccent:1E66 Scaronsmall:F6FD Scedilla:015E Schwa:018F Schwacyrillic:04D8
  Schwadieresiscyrillic:04DA Scircle:24C8 Scircumflex:015C Scommaaccent:0218 Sdotaccent:1E60
  Sdotbelow:1E62 Sdotbelowdotaccent:1E68 Seharmenian:054D Sevenroman:2166 Shaarmenian:0547
  Shacyrillic:0428 Shchacyrillic:0429 Sheicoptic:03E2 Shhacyrillic:04BA Shimacoptic:03EC
  Sigma:03A3 Sixroman:2165 Smonospace:FF33 Softsigncyrillic:042C Ssmall:F773 Stigmagreek:03DA
  T:0054 Tau:03A4 Tbar:0166 Tcaron:0164 Tcedilla:0162 Tcircle:24C9 Tcircumflexbelow:1E70
  Tcommaaccent:0162 Tdotaccent:1E6A Tdotbelow:1E6C Tecyrillic:0422 Tedescendercyrillic:04AC
  Tenroman:2169 Tetsecyrillic:04B4 Theta:0398 Thook:01AC Thorn:00DE Thornsmall:F7FE
  Threeroman:2162 Tildesmall:F6FE Tiwnarmenian:054F Tlinebelow:1E6E Tmonospace:FF34
  Toarmenian:0539 Tonefive:01BC Tonesix:0184 Tonetwo:01A7 Tretroflexhook:01AE Tsecyrillic:0426
  Tshecyrillic:040B Tsmall:F774 Twelveroman:216B Tworoman:2161 U:0055 Uacute:00DA Uacutesmall:F7FA
  Ubreve:016C Ucaron:01D3 Ucircle:24CA Ucircumflex:00DB Ucircumflexbelow:1E76
  Ucircumflexsmall:F7FB Ucyrillic:0423 Udblacute:0170 Udblgrave:0214 Udieresis:00DC
  Udieresisacute:01D7 Udieresisbelow:1E72 Udieresiscaron:01D9 Udieresiscyrillic:04F0
  Udieresisgrave:01DB Udieresismacron:01D5 Udieresissmall:F7FC Udotbelow:1EE4 Ugrave:00D9
  Ugravesmall:F7F9 Uhookabove:1EE6 Uhorn:01AF Uhornacute:1EE8 Uhorndotbelow:1EF0 Uhorngrave:1EEA
  Uhornhookabove:1EEC Uhorntilde:1EEE Uhungarumlaut:0170 Uhungarumlautcyrillic:04F2
  Uinvertedbreve:0216 Ukcyrillic:0478 Umacron:016A Umacroncyrillic:04EE Umacrondieresis:1E7A
  Umonospace:FF35 Uogonek:0172 Upsilon:03A5 Upsilon1:03D2 Upsilonacutehooksymbolgreek:03D3
  Upsilonafrican:01B1 Upsilondieresis:03AB Upsilondieresishooksymbolgreek:03D4
  Upsilonhooksymbol:03D2 Upsilontonos:038E Uring:016E Ushortcyrillic:040E Usmall:F775
  Ustraightcyrillic:04AE Ustraightstrokecyrillic:04B0 Utilde:0168 Utildeacute:1E78
  Utildebelow:1E74 V:0056 Vcircle:24CB Vdotbelow:1E7E Vecyrillic:0412 Vewarmenian:054E Vhook:01B2
  Vmonospace:FF36 Voarmenian:0548 Vsmall:F776 Vtilde:1E7C W:0057 Wacute:1E82 Wcircle:24CC
  Wcircumflex:0174 Wdieresis:1E84 Wdotaccent:1E86 Wdotbelow:1E88 Wgrave:1E80 Wmonospace:FF37
  Wsmall:F777 X:0058 Xcircle:24CD Xdieresis:1E8C Xdotaccent:1E8A Xeharmenian:053D Xi:039E
  Xmonospace:FF38 Xsmall:F778 Y:0059 Yacute:00DD Yacutesmall:F7FD Yatcyrillic:0462 Ycircle:24CE
  Ycircumflex:0176 Ydieresis:0178 Ydieresissmall:F7FF Ydotaccent:1E8E Ydotbelow:1EF4
  Yericyrillic:042B Yerudieresiscyrillic:04F8 Ygrave:1EF2 Yhook:01B3 Yhookabove:1EF6
  Yiarmenian:0545 Yicyrillic:0407 Yiwnarmenian:0552 Ymonospace:FF39 Ysmall:F779 Ytilde:1EF8
  Yusbigcyrillic:046A Yusbigiotifiedcyrillic:046C Yuslittlecyrillic:0466
  Yuslittleiotifiedcyrillic:0468 Z:005A Zaarmenian:0536 Zacute:0179 Zcaron:017D Zcaronsmall:F6FF
  Zcircle:24CF Zcircumflex:1E90 Zdot:017B Zdotaccent:017B Zdotbelow:1E92 Zecyrillic:0417
  Zedescendercyrillic:0498 Zedieresiscyrillic:04DE Zeta:0396 Zhearmenian:053A
  Zhebrevecyrillic:04C1 Zhecyrillic:0416 Zhedescendercyrillic:0496 Zhedieresiscyrillic:04DC
  Zlinebelow:1E94 Zmonospace:FF3A Zsmall:F77A Zstroke:01B5 a:0061 aabengali:0986 aacute:00E1
  aadeva:0906 aagujarati:0A86 aagurmukhi:0A06 aamatragurmukhi:0A3E aarusquare:3303
  aavowelsignbengali:09BE aavowelsigndeva:093E aavowelsigngujarati:0ABE
  abbreviationmarkarmenian:055F abbreviationsigndeva:0970 abengali:0985 abopomofo:311A abreve:0103
  abreveacute:1EAF abrevecyrillic:04D1 abrevedotbelow:1EB7 abrevegrave:1EB1 abrevehookabove:1EB3
  abrevetilde:1EB5 acaron:01CE acircle:24D0 acircumflex:00E2 acircumflexacute:1EA5
  acircumflexdotbelow:1EAD acircumflexgrave:1EA7 acircumflexhookabove:1EA9 acircumflextilde:1EAB
  acute:00B4 acutebelowcmb:0317 acutecmb:0301 acutecomb:0301 acutedeva:0954 acutelowmod:02CF
  acutetonecmb:0341 acyrillic:0430 adblgrave:0201 addakgurmukhi:0A71 adeva:0905 adieresis:00E4
  adieresiscyrillic:04D3 adieresismacron:01DF adotbelow:1EA1 adotmacron:01E1 ae:00E6 aeacute:01FD
  aekorean:3150 aemacron:01E3 afii00208:2015 afii08941:20A4 afii10017:0410 afii10018:0411
  afii10019:0412 afii10020:0413 afii10021:0414 afii10022:0415 afii10023:0401 afii10024:0416
  afii10025:0417 afii10026:0418 afii10027:0419 afii10028:041A afii10029:041B afii10030:041C
  afii10031:041D afii10032:041E afii10033:041F afii10034:0420 afii10035:0421 afii10036:0422
  afii10037:0423 afii10038:0424 afii10039:0425 afii10040:0426 afii10041:0427 afii10042:0428
  afii10043:0429 afii10044:042A afii10045:042B afii10046:042C afii10047:042D afii10048:042E
  afii10049:042F afii10050:0490 afii10051:0402 afii10052:0403 afii10053:0404 afii10054:0405
  afii10055:0406 afii10056:0407 afii10057:0408 afii10058:0409 afii10059:040A afii10060:040B
  afii10061:040C afii10062:040E afii10063:F6C4 afii10064:F6C5 afii10065:0430 afii10066:0431
  afii10067:0432 afii10068:0433 afii10069:0434 afii10070:0435 afii10071:0451 afii10072:0436
  afii10073:0437 afii10074:0438 afii10075:0439 afii10076:043A afii10077:043B afii10078:043C
  afii10079:043D afii10080:043E afii10081:043F afii10082:0440 afii10083:0441 afii10084:0442
  afii10085:0443 afii10086:0444 afii10087:0445 afii10088:0446 afii10089:0447 afii10090:0448
  afii10091:0449 afii10092:044A afii10093:044B afii10094:044C afii10095:044D afii10096:044E
  afii10097:044F afii10098:0491 afii10099:0452 afii10100:0453 afii10101:0454 afii10102:0455
  afii10103:0456 afii10104:0457 afii10105:0458 afii10106:0459 afii10107:045A afii10108:045B
  afii10109:045C afii10110:045E afii10145:040F afii10146:0462 afii10147:0472 afii10148:0474
  afii10192:F6C6 afii10193:045F afii10194:0463 afii10195:0473 afii10196:0475 afii10831:F6C7
  afii10832:F6C8 afii10846:04D9 afii299:200E afii300:200F afii301:200D afii57381:066A
  afii57388:060C afii57392:0660 afii57393:0661 afii57394:0662 afii57395:0663 afii57396:0664
  afii57397:0665 afii57398:0666 afii57399:0667 afii57400:0668 afii57401:0669 afii57403:061B
  afii57407:061F afii57409:0621 afii57410:0622 afii57411:0623 afii57412:0624 afii57413:0625
  afii57414:0626 afii57415:0627 afii57416:0628 afii57417:0629 afii57418:062A afii57419:062B
  afii57420:062C afii57421:062D afii57422:062E afii57423:062F afii57424:0630 afii57425:0631
  afii57426:0632 afii57427:0633 afii57428:0634 afii57429:0635 afii57430:0636 afii57431:0637
  afii57432:0638 afii57433:0639 afii57434:063A afii57440:0640 afii57441:0641 afii57442:0642
  afii57443:0643 afii57444:0644 afii57445:0645 afii57446:0646 afii57448:0648 afii57449:0649
  afii57450:064A afii57451:064B afii57452:064C afii57453:064D afii57454:064E afii57455:064F
  afii57456:0650 afii57457:0651 afii57458:0652 afii57470:0647 afii57505:06A4 afii57506:067E
  afii57507:0686 afii57508:0698 afii57509:06AF afii57511:0679 afii57512:0688 afii57513:0691
  afii57514:06BA afii57519:06D2 afii57534:06D5 afii57636:20AA afii57645:05BE afii57658:05C3
  afii57664:05D0 afii57665:05D1 afii57666:05D2 afii57667:05D3 afii57668:05D4 afii57669:05D5
  afii57670:05D6 afii57671:05D7 afii57672:05D8 afii57673:05D9 afii57674:05DA afii57675:05DB
  afii57676:05DC afii57677:05DD afii57678:05DE afii57679:05DF afii57680:05E0 afii57681:05E1
  afii57682:05E2 afii57683:05E3 afii57684:05E4 afii57685:05E5 afii57686:05E6 afii57687:05E7
  afii57688:05E8 afii57689:05E9 afii57690:05EA afii57694:FB2A afii57695:FB2B afii57700:FB4B
  afii57705:FB1F afii57716:05F0 afii57717:05F1 afii57718:05F2 afii57723:FB35 afii57793:05B4
  afii57794:05B5 afii57795:05B6 afii57796:05BB afii57797:05B8 afii57798:05B7 afii57799:05B0
  afii57800:05B2 afii57801:05B1 afii57802:05B3 afii57803:05C2 afii57804:05C1 afii57806:05B9
  afii57807:05BC afii57839:05BD afii57841:05BF afii57842:05C0 afii57929:02BC afii61248:2105
  afii61289:2113 afii61352:2116 afii61573:202C afii61574:202D afii61575:202E afii61664:200C
  afii63167:066D afii64937:02BD agrave:00E0 agujarati:0A85 agurmukhi:0A05 ahiragana:3042
  ahookabove:1EA3 aibengali:0990 aibopomofo:311E aideva:0910 aiecyrillic:04D5 aigujarati:0A90
  aigurmukhi:0A10 aimatragurmukhi:0A48 ainarabic:0639 ainfinalarabic:FECA aininitialarabic:FECB
  ainmedialarabic:FECC ainvertedbreve:0203 aivowelsignbengali:09C8 aivowelsigndeva:0948
  aivowelsigngujarati:0AC8 akatakana:30A2 akatakanahalfwidth:FF71 akorean:314F alef:05D0
  alefarabic:0627 alefdageshhebrew:FB30 aleffinalarabic:FE8E alefhamzaabovearabic:0623
  alefhamzaabovefinalarabic:FE84 alefhamzabelowarabic:0625 alefhamzabelowfinalarabic:FE88
  alefhebrew:05D0 aleflamedhebrew:FB4F alefmaddaabovearabic:0622 alefmaddaabovefinalarabic:FE82
  alefmaksuraarabic:0649 alefmaksurafinalarabic:FEF0 alefmaksurainitialarabic:FEF3
  alefmaksuramedialarabic:FEF4 alefpatahhebrew:FB2E alefqamatshebrew:FB2F aleph:2135 allequal:224C
  alpha:03B1 alphatonos:03AC amacron:0101 amonospace:FF41 ampersand:0026 ampersandmonospace:FF06
  ampersandsmall:F726 amsquare:33C2 anbopomofo:3122 angbopomofo:3124 angkhankhuthai:0E5A
  angle:2220 anglebracketleft:3008 anglebracketleftvertical:FE3F anglebracketright:3009
  anglebracketrightvertical:FE40 angleleft:2329 angleright:232A angstrom:212B anoteleia:0387
  anudattadeva:0952 anusvarabengali:0982 anusvaradeva:0902 anusvaragujarati:0A82 aogonek:0105
  apaatosquare:3300 aparen:249C apostrophearmenian:055A apostrophemod:02BC apple:F8FF
  approaches:2250 approxequal:2248 approxequalorimage:2252 approximatelyequal:2245
  araeaekorean:318E araeakorean:318D arc:2312 arighthalfring:1E9A aring:00E5 aringacute:01FB
  aringbelow:1E01 arrowboth:2194 arrowdashdown:21E3 arrowdashleft:21E0 arrowdashright:21E2
  arrowdashup:21E1 arrowdblboth:21D4 arrowdbldown:21D3 arrowdblleft:21D0 arrowdblright:21D2
  arrowdblup:21D1 arrowdown:2193 arrowdownleft:2199 arrowdownright:2198 arrowdownwhite:21E9
  arrowheaddownmod:02C5 arrowheadleftmod:02C2 arrowheadrightmod:02C3 arrowheadupmod:02C4
  arrowhorizex:F8E7 arrowleft:2190 arrowleftdbl:21D0 arrowleftdblstroke:21CD
  arrowleftoverright:21C6 arrowleftwhite:21E6 arrowright:2192 arrowrightdblstroke:21CF
  arrowrightheavy:279E arrowrightoverleft:21C4 arrowrightwhite:21E8 arrowtableft:21E4
  arrowtabright:21E5 arrowup:2191 arrowupdn:2195 arrowupdnbse:21A8 arrowupdownbase:21A8
  arrowupleft:2196 arrowupleftofdown:21C5 arrowupright:2197 arrowupwhite:21E7 arrowvertex:F8E6
  asciicircum:005E asciicircummonospace:FF3E asciitilde:007E asciitildemonospace:FF5E ascript:0251
  ascriptturned:0252 asmallhiragana:3041 asmallkatakana:30A1 asmallkatakanahalfwidth:FF67
  asterisk:002A asteriskaltonearabic:066D asteriskarabic:066D asteriskmath:2217
  asteriskmonospace:FF0A asterisksmall:FE61 asterism:2042 asuperior:F6E9 asymptoticallyequal:2243
  at:0040 atilde:00E3 atmonospace:FF20 atsmall:FE6B aturned:0250 aubengali:0994 aubopomofo:3120
  audeva:0914 augujarati:0A94 augurmukhi:0A14 aulengthmarkbengali:09D7 aumatragurmukhi:0A4C
  auvowelsignbengali:09CC auvowelsigndeva:094C auvowelsigngujarati:0ACC avagrahadeva:093D
  aybarmenian:0561 ayin:05E2 ayinaltonehebrew:FB20 ayinhebrew:05E2 b:0062 babengali:09AC
  backslash:005C backslashmonospace:FF3C badeva:092C bagujarati:0AAC bagurmukhi:0A2C
  bahiragana:3070 bahtthai:0E3F bakatakana:30D0 bar:007C barmonospace:FF5C bbopomofo:3105
  bcircle:24D1 bdotaccent:1E03 bdotbelow:1E05 beamedsixteenthnotes:266C because:2235
  becyrillic:0431 beharabic:0628 behfinalarabic:FE90 behinitialarabic:FE91 behiragana:3079
  behmedialarabic:FE92 behmeeminitialarabic:FC9F behmeemisolatedarabic:FC08
  behnoonfinalarabic:FC6D bekatakana:30D9 benarmenian:0562 bet:05D1 beta:03B2 betasymbolgreek:03D0
  betdagesh:FB31 betdageshhebrew:FB31 bethebrew:05D1 betrafehebrew:FB4C bhabengali:09AD
  bhadeva:092D bhagujarati:0AAD bhagurmukhi:0A2D bhook:0253 bihiragana:3073 bikatakana:30D3
  bilabialclick:0298 bindigurmukhi:0A02 birusquare:3331 blackcircle:25CF blackdiamond:25C6
  blackdownpointingtriangle:25BC blackleftpointingpointer:25C4 blackleftpointingtriangle:25C0
  blacklenticularbracketleft:3010 blacklenticularbracketleftvertical:FE3B
  blacklenticularbracketright:3011 blacklenticularbracketrightvertical:FE3C
  blacklowerlefttriangle:25E3 blacklowerrighttriangle:25E2 blackrectangle:25AC
  blackrightpointingpointer:25BA blackrightpointingtriangle:25B6 blacksmallsquare:25AA
  blacksmilingface:263B blacksquare:25A0 blackstar:2605 blackupperlefttriangle:25E4
  blackupperrighttriangle:25E5 blackuppointingsmalltriangle:25B4 blackuppointingtriangle:25B2
  blank:2423 blinebelow:1E07 block:2588 bmonospace:FF42 bobaimaithai:0E1A bohiragana:307C
  bokatakana:30DC bparen:249D bqsquare:33C3 braceex:F8F4 braceleft:007B braceleftbt:F8F3
  braceleftmid:F8F2 braceleftmonospace:FF5B braceleftsmall:FE5B bracelefttp:F8F1
  braceleftvertical:FE37 braceright:007D bracerightbt:F8FE bracerightmid:F8FD
  bracerightmonospace:FF5D bracerightsmall:FE5C bracerighttp:F8FC bracerightvertical:FE38
  bracketleft:005B bracketleftbt:F8F0 bracketleftex:F8EF bracketleftmonospace:FF3B
  bracketlefttp:F8EE bracketright:005D bracketrightbt:F8FB bracketrightex:F8FA
  bracketrightmonospace:FF3D bracketrighttp:F8F9 breve:02D8 brevebelowcmb:032E brevecmb:0306
  breveinvertedbelowcmb:032F breveinvertedcmb:0311 breveinverteddoublecmb:0361 bridgebelowcmb:032A
  bridgeinvertedbelowcmb:033A brokenbar:00A6 bstroke:0180 bsuperior:F6EA btopbar:0183
  buhiragana:3076 bukatakana:30D6 bullet:2022 bulletinverse:25D8 bulletoperator:2219 bullseye:25CE
  c:0063 caarmenian:056E cabengali:099A cacute:0107 cadeva:091A cagujarati:0A9A cagurmukhi:0A1A
  calsquare:3388 candrabindubengali:0981 candrabinducmb:0310 candrabindudeva:0901
  candrabindugujarati:0A81 capslock:21EA careof:2105 caron:02C7 caronbelowcmb:032C caroncmb:030C
  carriagereturn:21B5 cbopomofo:3118 ccaron:010D ccedilla:00E7 ccedillaacute:1E09 ccircle:24D2
  ccircumflex:0109 ccurl:0255 cdot:010B cdotaccent:010B cdsquare:33C5 cedilla:00B8 cedillacmb:0327
  cent:00A2 centigrade:2103 centinferior:F6DF centmonospace:FFE0 centoldstyle:F7A2
  centsuperior:F6E0 chaarmenian:0579 chabengali:099B chadeva:091B chagujarati:0A9B
  chagurmukhi:0A1B chbopomofo:3114 cheabkhasiancyrillic:04BD checkmark:2713 checyrillic:0447
  chedescenderabkhasiancyrillic:04BF chedescendercyrillic:04B7 chedieresiscyrillic:04F5
  cheharmenian:0573 chekhakassiancyrillic:04CC cheverticalstrokecyrillic:04B9 chi:03C7
  chieuchacirclekorean:3277 chieuchaparenkorean:3217 chieuchcirclekorean:3269 chieuchkorean:314A
  chieuchparenkorean:3209 chochangthai:0E0A chochanthai:0E08 chochingthai:0E09 chochoethai:0E0C
  chook:0188 cieucacirclekorean:3276 cieucaparenkorean:3216 cieuccirclekorean:3268
  cieuckorean:3148 cieucparenkorean:3208 cieucuparenkorean:321C circle:25CB circlemultiply:2297
  circleot:2299 circleplus:2295 circlepostalmark:3036 circlewithlefthalfblack:25D0
  circlewithrighthalfblack:25D1 circumflex:02C6 circumflexbelowcmb:032D circumflexcmb:0302
  clear:2327 clickalveolar:01C2 clickdental:01C0 clicklateral:01C1 clickretroflex:01C3 club:2663
  clubsuitblack:2663 clubsuitwhite:2667 cmcubedsquare:33A4 cmonospace:FF43 cmsquaredsquare:33A0
  coarmenian:0581 colon:003A colonmonetary:20A1 colonmonospace:FF1A colonsign:20A1 colonsmall:FE55
  colontriangularhalfmod:02D1 colontriangularmod:02D0 comma:002C commaabovecmb:0313
  commaaboverightcmb:0315 commaaccent:F6C3 commaarabic:060C commaarmenian:055D commainferior:F6E1
  commamonospace:FF0C commareversedabovecmb:0314 commareversedmod:02BD commasmall:FE50
  commasuperior:F6E2 commaturnedabovecmb:0312 commaturnedmod:02BB compass:263C congruent:2245
  contourintegral:222E control:2303 controlACK:0006 controlBEL:0007 controlBS:0008 controlCAN:0018
  controlCR:000D controlDC1:0011 controlDC2:0012 controlDC3:0013 controlDC4:0014 controlDEL:007F
  controlDLE:0010 controlEM:0019 controlENQ:0005 controlEOT:0004 controlESC:001B controlETB:0017
  controlETX:0003 controlFF:000C controlFS:001C controlGS:001D controlHT:0009 controlLF:000A
  controlNAK:0015 controlRS:001E controlSI:000F controlSO:000E controlSOT:0002 controlSTX:0001
  controlSUB:001A controlSYN:0016 controlUS:001F controlVT:000B copyright:00A9 copyrightsans:F8E9
  copyrightserif:F6D9 cornerbracketleft:300C cornerbracketlefthalfwidth:FF62
  cornerbracketleftvertical:FE41 cornerbracketright:300D cornerbracketrighthalfwidth:FF63
  cornerbracketrightvertical:FE42 corporationsquare:337F cosquare:33C7 coverkgsquare:33C6
  cparen:249E cruzeiro:20A2 cstretched:0297 curlyand:22CF curlyor:22CE currency:00A4 cyrBreve:F6D1
  cyrFlex:F6D2 cyrbreve:F6D4 cyrflex:F6D5 d:0064 daarmenian:0564 dabengali:09A6 dadarabic:0636
  dadeva:0926 dadfinalarabic:FEBE dadinitialarabic:FEBF dadmedialarabic:FEC0 dagesh:05BC
  dageshhebrew:05BC dagger:2020 daggerdbl:2021 dagujarati:0AA6 dagurmukhi:0A26 dahiragana:3060
  dakatakana:30C0 dalarabic:062F dalet:05D3 daletdagesh:FB33 daletdageshhebrew:FB33
  dalethatafpatah:05D3+05B2 dalethatafpatahhebrew:05D3+05B2 dalethatafsegol:05D3+05B1
  dalethatafsegolhebrew:05D3+05B1 dalethebrew:05D3 dalethiriq:05D3+05B4 dalethiriqhebrew:05D3+05B4
  daletholam:05D3+05B9 daletholamhebrew:05D3+05B9 daletpatah:05D3+05B7 daletpatahhebrew:05D3+05B7
  daletqamats:05D3+05B8 daletqamatshebrew:05D3+05B8 daletqubuts:05D3+05BB
  daletqubutshebrew:05D3+05BB daletsegol:05D3+05B6 daletsegolhebrew:05D3+05B6 daletsheva:05D3+05B0
  daletshevahebrew:05D3+05B0 dalettsere:05D3+05B5 dalettserehebrew:05D3+05B5 dalfinalarabic:FEAA
  dammaarabic:064F dammalowarabic:064F dammatanaltonearabic:064C dammatanarabic:064C danda:0964
  dargahebrew:05A7 dargalefthebrew:05A7 dasiapneumatacyrilliccmb:0485 dblGrave:F6D3
  dblanglebracketleft:300A dblanglebracketleftvertical:FE3D dblanglebracketright:300B
  dblanglebracketrightvertical:FE3E dblarchinvertedbelowcmb:032B dblarrowleft:21D4
  dblarrowright:21D2 dbldanda:0965 dblgrave:F6D6 dblgravecmb:030F dblintegral:222C dbllowline:2017
  dbllowlinecmb:0333 dbloverlinecmb:033F dblprimemod:02BA dblverticalbar:2016
  dblverticallineabovecmb:030E dbopomofo:3109 dbsquare:33C8 dcaron:010F dcedilla:1E11 dcircle:24D3
  dcircumflexbelow:1E13 dcroat:0111 ddabengali:09A1 ddadeva:0921 ddagujarati:0AA1 ddagurmukhi:0A21
  ddalarabic:0688 ddalfinalarabic:FB89 dddhadeva:095C ddhabengali:09A2 ddhadeva:0922
  ddhagujarati:0AA2 ddhagurmukhi:0A22 ddotaccent:1E0B ddotbelow:1E0D decimalseparatorarabic:066B
  decimalseparatorpersian:066B decyrillic:0434 degree:00B0 dehihebrew:05AD dehiragana:3067
  deicoptic:03EF dekatakana:30C7 deleteleft:232B deleteright:2326 delta:03B4 deltaturned:018D
  denominatorminusonenumeratorbengali:09F8 dezh:02A4 dhabengali:09A7 dhadeva:0927 dhagujarati:0AA7
  dhagurmukhi:0A27 dhook:0257 dialytikatonos:0385 dialytikatonoscmb:0344 diamond:2666
  diamondsuitwhite:2662 dieresis:00A8 dieresisacute:F6D7 dieresisbelowcmb:0324 dieresiscmb:0308
  dieresisgrave:F6D8 dieresistonos:0385 dihiragana:3062 dikatakana:30C2 dittomark:3003 divide:00F7
  divides:2223 divisionslash:2215 djecyrillic:0452 dkshade:2593 dlinebelow:1E0F dlsquare:3397
  dmacron:0111 dmonospace:FF44 dnblock:2584 dochadathai:0E0E dodekthai:0E14 dohiragana:3069
  dokatakana:30C9 dollar:0024 dollarinferior:F6E3 dollarmonospace:FF04 dollaroldstyle:F724
  dollarsmall:FE69 dollarsuperior:F6E4 dong:20AB dorusquare:3326 dotaccent:02D9 dotaccentcmb:0307
  dotbelowcmb:0323 dotbelowcomb:0323 dotkatakana:30FB dotlessi:0131 dotlessj:F6BE
  dotlessjstrokehook:0284 dotmath:22C5 dottedcircle:25CC doubleyodpatah:FB1F
  doubleyodpatahhebrew:FB1F downtackbelowcmb:031E downtackmod:02D5 dparen:249F dsuperior:F6EB
  dtail:0256 dtopbar:018C duhiragana:3065 dukatakana:30C5 dz:01F3 dzaltone:02A3 dzcaron:01C6
  dzcurl:02A5 dzeabkhasiancyrillic:04E1 dzecyrillic:0455 dzhecyrillic:045F e:0065 eacute:00E9
  earth:2641 ebengali:098F ebopomofo:311C ebreve:0115 ecandradeva:090D ecandragujarati:0A8D
  ecandravowelsigndeva:0945 ecandravowelsigngujarati:0AC5 ecaron:011B ecedillabreve:1E1D
  echarmenian:0565 echyiwnarmenian:0587 ecircle:24D4 ecircumflex:00EA ecircumflexacute:1EBF
  ecircumflexbelow:1E19 ecircumflexdotbelow:1EC7 ecircumflexgrave:1EC1 ecircumflexhookabove:1EC3
  ecircumflextilde:1EC5 ecyrillic:0454 edblgrave:0205 edeva:090F edieresis:00EB edot:0117
  edotaccent:0117 edotbelow:1EB9 eegurmukhi:0A0F eematragurmukhi:0A47 efcyrillic:0444 egrave:00E8
  egujarati:0A8F eharmenian:0567 ehbopomofo:311D ehiragana:3048 ehookabove:1EBB eibopomofo:311F
  eight:0038 eightarabic:0668 eightbengali:09EE eightcircle:2467 eightcircleinversesansserif:2791
  eightdeva:096E eighteencircle:2471 eighteenparen:2485 eighteenperiod:2499 eightgujarati:0AEE
  eightgurmukhi:0A6E eighthackarabic:0668 eighthangzhou:3028 eighthnotebeamed:266B
  eightideographicparen:3227 eightinferior:2088 eightmonospace:FF18 eightoldstyle:F738
  eightparen:247B eightperiod:248F eightpersian:06F8 eightroman:2177 eightsuperior:2078
  eightthai:0E58 einvertedbreve:0207 eiotifiedcyrillic:0465 ekatakana:30A8 ekatakanahalfwidth:FF74
  ekonkargurmukhi:0A74 ekorean:3154 elcyrillic:043B element:2208 elevencircle:246A
  elevenparen:247E elevenperiod:2492 elevenroman:217A ellipsis:2026 ellipsisvertical:22EE
  emacron:0113 emacronacute:1E17 emacrongrave:1E15 emcyrillic:043C emdash:2014 emdashvertical:FE31
  emonospace:FF45 emphasismarkarmenian:055B emptyset:2205 enbopomofo:3123 encyrillic:043D
  endash:2013 endashvertical:FE32 endescendercyrillic:04A3 eng:014B engbopomofo:3125
  enghecyrillic:04A5 enhookcyrillic:04C8 enspace:2002 eogonek:0119 eokorean:3153 eopen:025B
  eopenclosed:029A eopenreversed:025C eopenreversedclosed:025E eopenreversedhook:025D eparen:24A0
  epsilon:03B5 epsilontonos:03AD equal:003D equalmonospace:FF1D equalsmall:FE66 equalsuperior:207C
  equivalence:2261 erbopomofo:3126 ercyrillic:0440 ereversed:0258 ereversedcyrillic:044D
  escyrillic:0441 esdescendercyrillic:04AB esh:0283 eshcurl:0286 eshortdeva:090E
  eshortvowelsigndeva:0946 eshreversedloop:01AA eshsquatreversed:0285 esmallhiragana:3047
  esmallkatakana:30A7 esmallkatakanahalfwidth:FF6A estimated:212E esuperior:F6EC eta:03B7
  etarmenian:0568 etatonos:03AE eth:00F0 etilde:1EBD etildebelow:1E1B etnahtafoukhhebrew:0591
  etnahtafoukhlefthebrew:0591 etnahtahebrew:0591 etnahtalefthebrew:0591 eturned:01DD eukorean:3161
  euro:20AC evowelsignbengali:09C7 evowelsigndeva:0947 evowelsigngujarati:0AC7 exclam:0021
  exclamarmenian:055C exclamdbl:203C exclamdown:00A1 exclamdownsmall:F7A1 exclammonospace:FF01
  exclamsmall:F721 existential:2203 ezh:0292 ezhcaron:01EF ezhcurl:0293 ezhreversed:01B9
  ezhtail:01BA
  """
