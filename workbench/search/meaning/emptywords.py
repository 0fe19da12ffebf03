"""Words that say nothing about the matter: grammar, and what every conversation is held together with.

Chosen by hand for the languages of the screen and five more that are often met; of words in other languages their
length has to tell. Names of the lists are ISO 639-1 codes.
"""

from __future__ import annotations

_ENGLISH = """
about above actually after again against ago all almost alone along already also although always am among amount an
and another any anybody anymore anyone anything anyway anywhere apart are aren around as ask asked asking at away back
be because been before begin behind being below besides best better between beyond big bit both but by bye call called
came can cannot certain certainly clear come comes coming correct could couldn couple course day days definitely did
didn different do does doesn doing don done down during each easily easy either else end enough especially even ever
every everybody everyone everything everywhere exactly example far feel few fine first five following for forward
found four free from full gave get gets getting give given gives giving glad go goes going gone gonna good got gotta
great guess had hadn half happen happened happens happy hard has hasn have haven having he hello help helpful her here
hers herself hey hi high him himself his hmm hold hope hour hours how however huh i if in indeed inside instead
interesting into is isn it its itself just keep kept kind knew know known knows large last late later least leave left
less let lets like liked likely likes little long look looked looking looks lot lots love made main make makes making
many matter may maybe me mean means meant mention mentioned mere might mind mine minute minutes moment more most
mostly much must my myself name named near nearly need needed needs neither never new next nice nobody none nope nor
normal normally not note nothing now number of off often oh ok okay old on once one ones only onto open or other
others otherwise our ours out outside over own part particular people perfect perhaps person place plan please
pleasure plus point possible possibly pretty probably problem proper put question quick quickly quite rather reach
ready real really reason recommended recently regarding required right said same saw say saying says second see seem
seems seen sent set several shall she short should shouldn show shown side similar simple simply since single six
small so some somebody someone something sometimes soon sorry sort sound sounds specific start started still stop
stuff such suppose sure take taken takes taking talk talking tell ten than thank thanks that the their theirs them
themselves then there therefore these they thing things think thinking thinks third this those though thought three
through till time times to today together told tomorrow tonight too took totally toward towards tried true truly try
trying turn twice two type under understand unless until up upon us use used useful using usually various very via
wait waiting wanna want wanted wants was wasn way ways we week weeks welcome well went were weren what whatever when
whenever where wherever whether which while who whole whom whose why will wish with within without won wonder
wonderful wondering word words work works worry would wouldn wow wrong yeah year years yep yes yesterday yet you your
yours yourself ain aren couldn dont doesnt didnt cant im ive id ill youre youve youll hes shes theyre theyve thats
whats theres lets isnt wasnt wont wouldnt shouldnt havent hasnt gotcha alright absolutely awesome cool haha lol either
eventually everyday further hence hopefully imagine myself nowhere pass past perfectly regards respond somewhat
somewhere sir madam assist assistance happily kindly provide provided contact contacting inform information details
anyways believe bring brought change check checking counts forget forgot guys lately least minor nevermind passed
remember same seriously share speak suggest surprised surprising tend wondered yesterday com org net www http https
"""

_FRENCH = """
abord absolument accord afin ah ai aider aie ailleurs aime aimerais ainsi ait ajoute aller allez allons alors ans
apparemment appelle appelez appeler après arrive arriver as assez attend attendez attendre attends au aucun aucune
aujourd aujourdhui auparavant auquel aura aurai aurais aurait aussi aussitôt autant autour autre autrement autres aux
auxquels avaient avais avait avant avec avez aviez avoir avons ayant beaucoup besoin bien bientôt bon bonjour bonne
bonnes bonsoir bref ca car cas ce ceci cela celle celles celui cependant certain certaine certainement certaines
certains ces cet cette ceux chacun chacune chaque cher chez chose choses ci cinq clair combien comme comment comprend
comprends compris concernant contre convient coup cours court côté d dans davantage de début dedans dehors déjà demain
demande demander depuis dernier dernière derrière des dès désolé désolée dessous dessus deux devant devez devoir
devrais devrait différent dire dis disons dit dites doit doivent donc donne donner donnez dont double du dû durant
effectivement effet elle elles en encore enfin ensemble ensuite entendu entre envers environ es est et étaient étais
était etc été êtes être eu eux évidemment exact exactement exemple façon faire fais fait faites falloir faudra
faudrait faut fera ferai ferait fin fois font grand grande gros guère habitude haut hein heure heures heureux hier
hors hui ici il ils jamais je jour jours jusqu jusque juste justement l la là laisse laisser laquelle le lequel les
lesquels leur leurs lieu loin long longtemps lors lorsque lorsqu lui ma madame maintenant mais mal malgré manière me
meilleur même mêmes merci mes met mets mettez mettre mieux mince minute minutes mis moi moins moment mon monde
monsieur mot n ne ni niveau nombre non nos normal normalement notamment notre nôtre nous nouveau nouvelle nul numéro
oh ok on ont or ou où oui ouais outre par parce pareil parfait parfois parle parler parmi part partie partir pas passe
passer passez pendant pense penser pensez personne personnes petit petite petits peu peur peut peuvent peux plaît
plaisir plein plupart plus plusieurs plutôt point pour pourquoi pourra pourrai pourrait pourrais pourriez pourtant
pouvez pouvoir pouvons prend prendre prends prenez près presque prie pris problème propos propre pu puis puisque
puissiez qu quand quant quatre que quel quelle quelles quels quelqu quelque quelques question qui quoi quoique raison
rappelle rappeler rapport regarde regarder reste rester retour rien sa sais sait sans sauf savez savoir se selon
semaine semaines semble sera serai serait serais serez seront ses seul seule seulement si sien simple simplement sinon
six soi soient sois soit sommes son sont sorte sortir souci souhaite souhaitez sous souvent suffit suis suite suivant
sur sûr surtout suivante ta tant tard tel telle tellement tels temps tenez tes tiens toi ton tôt toujours tous tout
toute toutefois toutes très trois trop trouve trouver truc tu un une unes va vais valable vas vers veuillez veut veux
via vie vite voici voilà voir vois voit voudrais voudrait voulais voulez vouloir vos votre vôtre vous voyez vrai
vraiment vu suffisant possible cordialement super génial attention salut
"""

_CHINESE_CHARACTERS = (
    "的地得了着过是在有和与或及也就都而且但还又再才只很更最挺把被让给对向从到于由为以因所若则虽然即"
    "吗呢吧啊呀哦嗯哈哎喂唉噢嘛啦哇呗么我你您他她它们咱这那哪谁啥几某每各另其之个些"
    "不没无别未非会能可要想应该须必请谢祝什怎样如何说去来一二两三四五六七八九十号点周里下"
)
"""Pairs with one of these are grammar, or the end of one word and the beginning of the next."""

_CHINESE = """
一下 一个 一些 一点 一直 一样 一定 一起 一共 一般 一种 一次 一家 一天 两个 两天 三个 今天 明天 昨天
现在 以后 以前 时候 时间 知道 觉得 感觉 希望 喜欢 需要 必须 应当 好像 好的 好了 好啊 不好 行了 可是
如果 因此 其实 确实 当然 真是 真的 比较 非常 特别 十分 已经 马上 刚才 刚刚 正在 开始 结束 最后 首先
然后 接着 之后 之前 后来 同时 另外 此外 关于 通过 根据 按照 作为 问题 情况 东西 事情 方面 地方 方式
方法 建议 帮助 帮忙 麻烦 打扰 提供 告诉 回答 回复 解决 处理 了解 明白 清楚 记得 注意 看看 看到 看来
来说 查询 查到 找到 收到 得到 使用 进行 出来 出去 起来 上来 下来 下去 上去 过来 过去 回来 回去 里面
外面 上面 下面 前面 后面 旁边 附近 周围 里边 多少 多久 多大 多长 几个 几天 大概 大约 左右 差不 不多
有点 没事 没关 关系 客气 再见 再看 愉快 生活 快乐 高兴 顺便 直接 全部 所有 任何 自己 别人 问问 问完
符合 条件 适合 正好 接近 信息 人家 大家 名字 叫做 称呼 电话 号码 打电 联系 安排 打算 准备 推荐 求推
选择 决定 考虑 满意 不错 可惜 抱歉 不用 不会 不能 不要 不是 是否
"""

_GERMAN = """
aber alle allem allen aller alles als also andere anderen auch auf aus bei beim bereits bin bis bitte bist brauche da
dabei dafür dagegen daher damit danach danke dann daran darauf das dass davon dazu dein deine dem den denn der des
deshalb die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines einfach einmal
er erst es etwas euch euer für ganz gar geht genau gern gerne gibt gut habe haben hallo hat hatte hätte hier ich ihm
ihn ihnen ihr ihre ihren ihrer im immer in ist ja jede jeden jeder jedes jetzt kann kannst kein keine keinen könnte
können machen man mal mehr mein meine meinem meinen meiner mich mir mit möchte muss müssen nach natürlich nein nicht
nichts noch nun nur ob oder ohne schon sehr sein seine seit sich sie sind so soll sollte sondern sonst über um und uns
unser unter viel viele vielen vielleicht vom von vor wann war waren warum was weg weil weiter welche wenn wer werde
werden wie wieder will wir wird wirklich wo wollen wurde würde zu zum zur zwar zwei zwischen guten tag
"""

_SPANISH = """
a ahora al algo alguien algún alguna algunos allí antes aquí así aún aunque bien bueno buenos buenas cada casi como
con cosa cosas cual cuál cuando cuándo cuánto de del desde después día días donde dónde dos el él ella ellas ellos en
entonces entre era eres es esa ese eso esta está están estar estas este esto estos estoy fue gracias gran ha haber
había hace hacer hacia han hasta hay hola hoy la las le les lo los luego más mañana me mejor menos mi mí mis mismo
momento mucho muchas muchos muy nada ni no nos nosotros nuestra nuestro nunca o otra otras otro otros para pero poco
por porque puede puedo pues que qué quien quién quiere quiero se sea según ser si sí sido siempre sin sobre solo sólo
son soy su sus también tan tanto te tener tengo tiene tienen todo todos toda todas tu tú tus un una unas unos usted
ustedes va vale vamos ver vez voy y ya yo favor
"""

_ITALIAN = """
a abbiamo adesso ai al alla alle allora altra altre altri altro anche ancora avere aveva bello bene buon buona buono
buongiorno caro certo che chi ci ciao cioè come comunque con cosa cose così cui da dal dalla davvero degli dei del
della delle dello di dire dopo dove due e è ecco era essere fa faccio fare fatto fino fra già gli grazie ha hai hanno
ho i il in infatti invece io la le lei li lo loro lui ma mai male me meglio meno mi mia mie miei mio molta molte molti
molto ne nei nel nella niente no noi non nostra nostro o ogni oggi oppure ora per perché però più piace po poco poi
posso prego prima proprio può qual quale quando quanti quanto quella quelle quelli quello questa queste questi questo
qui quindi sa sai se sei sempre senza sera si sì sia siamo so solo sono sta stai stare stata stato sto su sua sue sul
sulla suo suoi te ti tra tu tua tue tuo tutta tutte tutti tutto un una uno va vai vedere vero vi voglio voi volta
vorrei
"""

_PORTUGUESE = """
a agora ainda algo alguém algum alguma ali antes ao aos aqui as assim até bem boa bom cada coisa coisas com como da
das de dele dela depois desde dia dias do dois dos e é ela elas ele eles em então entre era essa esse esta está estão
estar este estou eu faz fazer foi gente há hoje isso isto já lá lhe mais mas me melhor menos mesmo meu meus minha
muito muitos na nada não nas nem no nos nós nossa nosso nunca o obrigada obrigado olá onde os ou outra outro outros
para pela pelo pode podem por porque posso pouco pra quais qual quando quanto que quem quer quero se seja sem sempre
ser seu seus sim só sobre sou sua suas também tão tem tenho ter teu teve toda todas todo todos tudo tu um uma uns vai
vamos vez você vocês vou
"""

_DUTCH = """
aan al alle alles als altijd ander andere ben bij bent dag dan dank dat de deze die dit doe doen door dus een één en
er even gaan gaat geen goed graag had hallo heb hebben heeft heel helemaal het hier hij hoe hun iets ik in is ja je
jij jou jouw jullie kan kun kunt kunnen maar maken me meer meneer met mevrouw mij mijn misschien moet moeten na naar
natuurlijk nee niet niets nog nooit nu of om omdat ons onze ook op over te toch toen tot twee u uit uw van veel voor
waar waarom wanneer want was wat we weer weet wel welke werd wie wij wil willen worden wordt zal ze zeer zich zij zijn
zo zonder zou
"""

_LISTS = {
    "en": _ENGLISH, "fr": _FRENCH, "zh": _CHINESE, "de": _GERMAN, "es": _SPANISH, "it": _ITALIAN, "pt": _PORTUGUESE,
    "nl": _DUTCH,
}  # fmt: skip
EMPTY_WORDS = {language: frozenset(words.split()) for language, words in _LISTS.items()}
"""The lists by language; Chinese as pairs of characters."""

EMPTY_CHARACTERS = frozenset(_CHINESE_CHARACTERS)
"""Chinese characters that hold words together."""
