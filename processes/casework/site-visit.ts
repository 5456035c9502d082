/** Whatever a house calls it; 检验, 检测, 检疫 and 鉴定, which are among the eight, may well be done on site. */
const WORDS = [
  /踏勘|踏看|踏查|勘查|(?<!调)查勘|勘察|勘验|现勘|实勘|复勘/,
  /(现场|实地|上门|登门|入户|到户|到场).{0,4}(核查|核实|核验|核对|查验|查看|查访|察看|察访|验看|检查|巡查|考察|调查|走访|勘测)/,
  /(核查|核实|核验|查验|查看|察看|检查|考察|调查|勘测).{0,2}(现场|实地)|看(现场|实地)|(现场|实地|上门)看/,
  /\b(site|onsite|field|premises) (visit|inspection|survey|check|verification|investigation|examination|viewing)/i,
  /\b(visit|inspect|verif|survey|investigat|examin|view|check)\w* ((at|of|on|to) )?(the )?(site|premises|spot)\b/i,
];

/** What surveyors do for weeks. */
const SURVEY = /(考古|文物|地质|地基|地形|矿产|资源|岩土|工程|管线|水文|海洋|测绘|测量)(勘查|勘察)/g;

/** A site visit (现场踏勘), which stops no clock: it is not among the reasons of the law (行政许可法 art. 45). */
export function isSiteVisit({ zh, en }: { readonly zh: string; readonly en: string }): boolean {
  return WORDS.some((words) => words.test(zh.replace(SURVEY, '')) || words.test(en));
}
