"""Articles of our own for the designs, in languages that the shared texts lack."""


def article(ident, lang, site, slug, headline, section, date, author, blocks, others):
    return {"id": ident, "lang": lang, "site": site, "host": "www.example.com", "slug": slug, "headline": headline, "section": section, "date": date, "author": author,
            "blocks": [[kind, text] for kind, text in blocks], "others": [{"headline": h, "lead": l} for h, l in others]}


FRENCH_OTHERS = [("Le marché couvert rouvre ses portes après dix mois de travaux", "Les commerçants ont retrouvé leurs étals vendredi matin, avec une charpente entièrement refaite."),
                 ("Un nouveau pont pour relier les deux rives", "Le département a choisi un ouvrage en bois, plus léger et moins cher que prévu."),
                 ("La bibliothèque ouvrira aussi le dimanche", "À partir de mars, les habitants pourront emprunter des livres tous les jours de la semaine."),
                 ("Les pompiers volontaires cherchent des renforts", "Il manque une trentaine de personnes dans les six casernes du canton."),
                 ("Le festival de marionnettes change de saison", "Les organisateurs misent désormais sur le début de l'automne."),
                 ("Une classe de mer pour les élèves de la vallée", "Quarante enfants ont découvert les marées pendant une semaine."),
                 ("Le tramway sera prolongé jusqu'à l'hôpital", "Les travaux doivent commencer au printemps et durer deux ans.")]
SPANISH_OTHERS = [("El mercado central estrena iluminación", "Las nuevas lámparas consumen la mitad y se encienden con el atardecer."),
                  ("La biblioteca abrirá los domingos por la mañana", "El horario ampliado empieza en marzo y durará todo el año."),
                  ("Vuelve la feria del libro antiguo", "Más de cuarenta libreros de todo el país participarán este año."),
                  ("El puente viejo se cierra por obras", "El tráfico se desviará durante seis semanas por la ronda norte."),
                  ("Los bomberos estrenan un parque nuevo", "La instalación costó tres millones y tiene espacio para ocho vehículos."),
                  ("Un huerto escolar gana el premio regional", "Los alumnos cultivan veinte variedades de tomate."),
                  ("El tren de cercanías tendrá más frecuencias", "Los viajeros esperarán como mucho quince minutos.")]
JAPANESE_OTHERS = [("中央市場、十か月ぶりに再開", "改修工事を終えた市場に店主たちが戻り、朝早くから買い物客でにぎわった。"), ("図書館、日曜も開館へ", "三月から毎日本を借りられるようになる。"), ("新しい橋の名前を募集", "市は来月末まで市民から案を受け付ける。"),
                   ("消防団員が不足、募集を強化", "六つの分団で三十人ほど足りないという。"), ("小学生が干潟で生き物観察", "四十人の児童が一週間かけて学んだ。"), ("路面電車、病院前まで延伸へ", "工事は春に始まり二年かかる見込みだ。"), ("人形劇の祭典、秋に移る", "主催者は涼しい季節に観客が増えると期待する。")]

ARTICLES = [
    article("fr1", "fr", "Le Courrier du Val", "les-maraichers-du-val-partagent-leur-eau", "Les maraîchers du Val partagent leur eau pour passer l'été", ["Région", "Agriculture"], "2025-07-03T08:15:00+02:00", ["Camille Vasseur", "Hugo Lenoir"], [
        ("lead", "Après deux étés sans pluie, onze exploitations de la vallée ont décidé de mettre en commun leurs réserves et de publier chaque semaine ce que chacune consomme."),
        ("paragraph", "L'accord tient sur deux pages et a demandé neuf mois de réunions. Chaque lundi, les producteurs relèvent leurs compteurs et inscrivent les chiffres sur un tableau que tout le monde peut consulter à la mairie."),
        ("caption", "Les bassins de la plaine, remplis pendant l'hiver, servent désormais à onze exploitations."),
        ("paragraph", "« Au début, personne ne voulait montrer ses chiffres », raconte une productrice de courgettes installée depuis vingt ans. « Aujourd'hui, c'est le contraire : on se téléphone quand on voit que le voisin va manquer d'eau. »"),
        ("subheading", "Des tours d'arrosage décidés ensemble"),
        ("paragraph", "Les parcelles sont arrosées la nuit, à tour de rôle, selon un calendrier que les agriculteurs établissent le dimanche soir. Les cultures les plus fragiles passent d'abord, puis viennent les vergers et enfin les prairies."),
        ("paragraph", "La chambre d'agriculture suit l'expérience de près. Selon ses relevés, la consommation a baissé d'un tiers par rapport à l'année précédente, alors que les surfaces cultivées n'ont presque pas changé."),
        ("caption", "Le tableau des consommations est affiché chaque lundi à la mairie du village."),
        ("paragraph", "Reste la question de l'hiver prochain. Si les bassins ne se remplissent pas, l'accord prévoit que les réserves iront d'abord aux semis, quitte à renoncer à une partie de la récolte d'été."),
        ("paragraph", "Deux vallées voisines ont déjà demandé le texte pour s'en inspirer, et une réunion commune est prévue à la fin du mois de septembre.")], FRENCH_OTHERS),
    article("es1", "es", "Diario de la Ribera", "el-barrio-que-arregla-sus-propios-faroles", "El barrio que arregla sus propios faroles", ["Ciudad", "Vecinos"], "2025-02-18T19:40:00+01:00", ["Lucía Aranda"], [
        ("lead", "Cansados de esperar al ayuntamiento, los vecinos de La Ribera formaron un taller que ha reparado más de doscientos faroles en menos de un año."),
        ("caption", "Dos vecinas del taller revisan un farol antes de volver a colgarlo en la plaza."),
        ("paragraph", "Todo empezó con una escalera prestada y tres jubilados que habían trabajado de electricistas. Quedaban los sábados por la mañana, compraban las piezas a escote y apuntaban cada farol en una libreta."),
        ("paragraph", "La noticia corrió pronto por el barrio y hoy son casi cuarenta personas las que se turnan. El ayuntamiento, que al principio los amenazó con una multa, acabó por firmar un convenio que paga los materiales y el seguro."),
        ("subheading", "Un taller abierto a todos"),
        ("paragraph", "En el local de la asociación se enseña a soldar, a medir la corriente y a trabajar en altura con arnés. Los cursos son gratuitos y duran seis semanas, y quien los termina recibe un carné que reconoce el municipio."),
        ("paragraph", "Los técnicos municipales admiten que las averías se resuelven ahora en dos días, cuando antes podían pasar cuatro meses. El gasto en contratas externas ha bajado a la mitad desde la primavera pasada."),
        ("paragraph", "El próximo paso será cambiar las bombillas antiguas por otras de bajo consumo. Los vecinos calculan que con el ahorro de un solo año podrían pagar la reforma entera del local.")], SPANISH_OTHERS),
    article("ja1", "ja", "みなと新聞", "minato-ferry-night-service", "夜の渡し船、十五年ぶりに復活へ　港町の若者らが運航計画", ["地域", "交通"], "2025-05-11T06:30:00+09:00", ["高橋 直樹", "森 あかね"], [
        ("lead", "港町の対岸を結ぶ夜の渡し船が、十五年ぶりに復活する見通しとなった。地元の若者らが運航計画をまとめ、市に提出した。"),
        ("paragraph", "渡し船はかつて一日八百人が利用していたが、橋の開通とともに客が減り、夜の便は廃止された。その後、最終バスの時刻が早まり、対岸で働く人たちは帰宅の足に困っていたという。"),
        ("caption", "復活に向けて整備が進む渡し船。船体は造船所の有志が塗り直した"),
        ("paragraph", "計画によると、船は午後七時から十一時まで二十分おきに出る。運賃は片道二百円で、中学生以下は半額とする。船長は退職した元漁師らが交代で務める予定だ。"),
        ("subheading", "費用は市民から募る"),
        ("paragraph", "初年度にかかる費用は約千二百万円で、その半分を市民からの寄付でまかなう。四月に始めた募集にはすでに三百人を超える申し込みがあり、目標の七割に達した。"),
        ("paragraph", "市の担当者は「住民が自分たちの足を守ろうとする動きを後押ししたい」と話す。市議会は六月に補助金の案を審議し、早ければ九月にも夜の便が動き出す。"),
        ("paragraph", "代表の一人は「まずは一年続けることが目標です。乗ってくれる人が増えれば、観光客向けの便も考えたい」と期待を込めた。")], JAPANESE_OTHERS),
]
