"""Given names of many countries, beside the usual ones of the United States in `names`."""

from __future__ import annotations

WORLD = frozenset(
    """
    aaliyah abdul abdullah abdulrahman abe abel abu ada adaeze adele aditya agatha agnieszka ahmad ahmed aidan aiden
    akira alan alba alberto aldo aleksandr aleksandra alessandro alessia alexei alexis alfredo ali alina alma alonzo
    alvaro alvin alyssa amal amara amelia amina amir amit amy ana-sofia anand anastasia andre andreas andres andy
    anh anil anita anjali anthony anton antoine antoinette anwar anya archie ari ariana ariel armando arnold arturo
    arun ashok asha aslan astrid augustus aurora ava avery ayesha ayumi babak bashir beatrix beatriz belinda bella
    beulah bianca bjorn blanca boris brandi bridget brigid brittany brooke byron caleb camila camille candice carla
    carmela carol carlton cassandra cecil cedric celeste celia cesar chandra chen chenoa chidi chloe ciara clarissa
    clayton clement clifford clinton clyde cody colleen conrad consuelo cora corey cornelius cory courtney daisuke
    dalia damian dante daria darius darnell darrell darren dave davit dejan delia delphine demetrius deon deshawn
    desmond devin devon dewayne dimitri dina dmitri dolores dominic dominique dorothea duane dwayne dwight ebony
    edgar edmund eduard efrain egon eileen elias elijah elisa elise elliot elmer eloise elsa elvira emanuel emeka
    emilia emilio emmanuel enrique ephraim ernesto ervin esperanza estelle esteban eula eunice evan evangeline
    everett ewan ezra fabian faisal faith farah farid fatou fay faye felipe felix ferdinand fern fernanda fidel
    filip fiona florian floyd francesca francesco francine francois françois franklin freda freddie frederick frida
    fritz gabriela galina gao garrett genevieve gerardo german gilbert gilberto gina giovanni giulia gloria grace
    grant greta gretchen guadalupe guillermo gunther gustavo guy hakim hamid hank hannelore hans hao harriet harvey
    hassan hayden hiroshi hiroko ho holly homer hope horace hugh hugo hussein hye hyun ibrahim igor ildiko ilse
    imani imran ines ingrid ira irina irma irving isaiah isha ismael ivy jacinto jada jamal jamila jana jarrod
    jasmine jasper jayden jelena jennie jerald jermaine jia jian jim jin jo joaquin joann jodi jody joon jorge
    josefina josephina josie juana jude juergen julio juliet jun junko jurgen kai kamal kamala kang kara kareem kari
    katarzyna katherina katrina kaye kayla keiko keisha kelsey kendra kenji kent kerry khadija khalid kiran kirk
    kofi krishna krystal kumar kurt kwame kylie lakeisha lakshmi lamar lana lars latisha latoya laverne leah leandro
    leif leila lena leona leonardo leonid leonor leopold leticia levi li liam lila lily lin ling lionel ludwig liu livia
    lola lorena lorenzo loretta lorraine lou lowell lucia luciana lucinda lucretia ludmila luigi luisa luiz lupe
    luther luz mabel mae magda magdalena mahmoud mai malcolm malik mamadou mandy manish manoj manuela marcel
    marcella marco marek margarita margot mariana maribel marina marisol marjorie marlon marta marya mason mateusz
    matilda matteo maxine maya mehmet mei mercedes meredith micah michal miguel mikhail milan milena miles millie
    mina ming minh mira miranda mitch mohamed mohammad mohamad mohan moira mollie molly mona mordechai morgan moses
    mustafa myra nadia nadine nam naoko natalia natasha neha nell nellie nelson nguyen nia nicola nigel nikhil
    nikolai nina noel nobuko noemi noor norbert obadiah octavio odessa olena olga olu oluwaseun omar opal ophelia
    orlando osama oscar otis otto owen pablo padma paige paolo parker pascal patsy paulina pavel penelope penny
    perry petr petra philippa phoebe phuong pierre piotr polly pooja prakash preeti priscilla priya quentin quincy
    quinn rachael radha rafaela raj rajesh ralph ramesh ramona rashad rashid raquel ravi regan reginald reinhard
    renata rene reuben rex rhonda riley rina rocio roderick rodolfo rodrigo rohan roland rolf roman romeo rosalie
    rosalind rosario roscoe roseann rosetta rowena roxanne rudolf rudolph rufus rupert ruslan saira saïd said salim
    salma salvador salvatore samir samira sanjay santiago santos sasha satish saul savannah sebastian selena selma
    seo serena serge sergei seth shanice shante sheldon shelby shira siddharth sidney siegfried sigrid silas silvia
    simon simone siobhan skyler sofie sonja soo soo-jin søren soren spencer srinivas stacey stefan stefano sunil
    sunita suresh susana svetlana sven sydney syed tabitha takashi talia tamika tanisha tariq tasha tatiana tatyana
    terence terrance terrell thaddeus thanh thea theo thi tiana tobias tomas tomasz tomoko tonya tran trent trevor
    tricia trinh trisha tuan tunde tuyet tyrone ulrich uma umar ursula usha valentina valeria van vasile vaughn
    velma venkat venus vera vernon vicente viktor vijay vikram vilma vinay vincenzo vinod vito vivek vladimir wade
    walid wallace wanjiru wei wendell werner wilbur wilfred wilhelm willa wilfredo will willis wilson winifred
    winston xavier xiao xiaoming ximena yael yan yasmin yolanda yosef youssef yuki yuko t'shawn d'angelo d'andre
    de'andre ja'marcus yulia yuri yusuf yvette zahra zainab zara zbigniew zeynep zhang zofia zoltan zsuzsanna
    """.split()  # noqa: SIM905 - read as words
)

SURNAMES = frozenset(
    """
    aguilar alvarez anderson andersen castillo castro chavez clark cohen contreras cruz davies davis diaz dominguez
    edwards estrada fernandez flores garcia garza gomez gonzales gonzalez gutierrez guzman harris hernandez herrera
    hoffman hughes jackson jenkins jimenez johnson juarez khan kowalski kumar larson lopez marquez martinez medina
    mendez mendoza miller molina morales moreno mueller munoz murphy myers nguyen nunez obrien o'brien okafor olson
    ortega ortiz padilla patel pena perez peterson pham phillips ramirez ramos reyes richardson rios rivera roberts
    robertson robinson rodriguez rojas romero ruiz salazar sanchez sandoval schmidt schneider schwartz silva singh smith
    soto sullivan thompson thomson torres tran vargas vasquez vazquez vega velasquez wang washington watson weber
    wilkins williams williamson yang zhang zimmerman
    """.split()  # noqa: SIM905 - read as words
)
"""Frequent surnames that are nothing else in a coder's mail."""

DOUBTFUL = frozenset(
    """
    faith fern grant guy ho holly hope ivy jo li lin max may mae mai mason ming nia parker penny piper roman said
    santos spencer van venus will wilson nelson miles german kent noel morgan grace gao an hao milan lana lou luz
    perry sydney florian savannah orlando trent troy grover art bell graves baker
    """.split()  # noqa: SIM905 - read as words
)
"""Given names that are words, places, surnames of eponyms or syllables besides."""
