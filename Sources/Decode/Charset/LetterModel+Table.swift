// Made by Sources/Decode/Scripts/letter-model.py; do not edit.
// Source: pairs of signs in 5520 Arabic news reports (every second report of the development corpus).

extension LetterModel {
  /// Row: the class before; column: the class after. A character is `48 + units`, a unit −0.15 nats, at most 63.
  static let table: StaticString = #"""
    \JMooooooWDoGo9CoEYMKPNXNXKORVSaERDJLE@MN@oJ
    2?Ldmoooo]NoPoGPoOcWUZVbVePY\aboTZRVUOLRUToQ
    8@3koooooofonolmoooooooooooooooofooonofooloo
    @>I2aZaaaaaaaaaaaaaaaaaaaaZaVaaaaaaaaaaaaaaa
    9;CgQdo\odYog`CLLGSOMRHSEUOSTRQ\HXLJSGHHMOZI
    <EUNU7UUUUNUJU@HUHUUNUUUJUNUNUUUUUJHUUJUNHUN
    IIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIII
    NUUU=UUNUUUUUJ?N?UUNNUDUDUFUUUUUHUUUUJ>CUBUH
    2>mo^ooooomoooDoQNooooooooooooooooookSedQko_
    hdoooooooooooooF]HJXd8TDGWI\oooooZSo\9D>QLdG
    O`oodooooooiomoHTLNJFHL^DPBJKJKXERJLEH>:N@`E
    N\ooiooiooooooGPbALToGEXRiAJooiooooK>CNTH7[D
    oooooooooooooooPo[LGMOIIET?PKLG`DQPJ^9I<[oo>
    IVoojoolooooooCICOoLQoJcAPWcbi\oOoNJY@FMIVo5
    @Loo^oooIooeoJoIXBRONVI\DTJUQRRfK]LLR6GCRQoN
    =LooUooonkMiRb<OHHZUIZHXA\OKVWOlBUXIQCKIHFo=
    1=lohooooooooooooooooooooooooooooooooooooooo
    9KooaoooojQ\oaGJ[NZJCIL^CQJJJSOSGSIFOGEICETC
    ;Nooaooooocooo<OCOVooono?oloooool`RI`=FBTIk=
    CRoo`oonooWooO=GKHWbPoC_@HQoogooMf^ooC?AA@d?
    ARoocooooooooo=PFCOQoo>QBIHWJRUPooMEDEDQTBWA
    FUoodooooooooo;EUFofo\EM>SNSBPBoooLoo<DVYGoC
    9Ioo]oooXoSoo\?RAIKc^OIoDhO`ooooIhISbLEJJ@N=
    <Whobooooooooo;OUMoZoUojHoooooooZoX_A?\U>P\9
    ;JmoaoooolT_oH<ECH]KO_JoTTJURKQoOSLLDTQLJCO=
    <GoocoooPoeooY;CDOoYR`QoDTgoooooDaWX\GCNNEm:
    ?K_ocoooooZMo`>CK>oNQ[RoEoUoooHoHoKQFBFJOBa=
    BMno`ooooZIRo_>HTFoTNEHo;o^oooNcGSHIDOCFDJX@
    CPoo`ooooooooo;GHVooCaAo?oooSoToIQB\o?HIW?VB
    <Looboooooooo`;JDIoaDRFoAoooooQoDORooKDXKEP<
    ?MoobooogoX]oZ:HBPok\h\o>oVdooSoJbHBo@SCJCX@
    FWoocooooooooo8R?Toooooo@oooooookoIooF=XAKR<
    =Poodooooooooo>GEFV]oo@`EQKMVNWXooSK\;CBLGVE
    @Ljomooooooooo:KMHjbooIO<EOg[LKoooZohCGMV@Z=
    >Noobooooo^lT`@WGFoRS^VTBTMXPMUMJZ_HVHYQMIT6
    =Koo_ooooooooo;EDBochoBWCkSXLKHlGoMToDMPP@TA
    @Loo^oooooUoho<FFHGdcoIS@KLOohlo`gUfZCDBR?f=
    @Qoo\ooooYDoHo@IJCQJGNINJWFLOWPdGPJHIG?ILHCC
    =Moobooooo_QoV>JFFSLHRH^EUFKMVR`DWSIMFN=LF_C
    6Eio`ooooofooaANJDoSO^JO[RGPQ]LJRQKLVdSYEFY@
    9GoogooooioYoo9SLPoHooCCDQ`_oXcfooac]N?K[D_F
    EPWofoooZbGoRn=GSGNKMSGRAIFSNLNYJRHDI@CANNTD
    0Hdooooo^ooooooooooooooooooooooooooooooooooo
    9Iko`oooao]^oZ@M=JTRQSGXBSGMYSNcM[MKNGG@LHoK
    """#
}
