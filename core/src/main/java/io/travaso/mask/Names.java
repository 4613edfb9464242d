package io.travaso.mask;

import java.util.List;

/** Names that anybody may have, none longer than eight letters. */
final class Names {
  static final int LONGEST = 8;

  static final List<String> FIRST =
      List.of(
          ("Ada Adele Agnese Aldo Alice Ambra Amedeo Andrea Angela Anita Anna Antonio Arturo Aurora"
                  + " Bianca Bruno Carla Carlo Cecilia Chiara Cinzia Claudia Corrado Cosimo Damiano"
                  + " Daniela Dario Davide Diego Donato Edda Elena Elisa Emma Enrico Ester Ettore"
                  + " Fabio Fausto Flavia Franco Gaia Gemma Giada Gino Giulia Greta Guido Ilaria"
                  + " Irene Ivana Laura Lea Leone Livia Lorenzo Luca Lucia Marco Marina Nadia Nora"
                  + " Oscar Paola")
              .split(" ", -1));

  static final List<String> LAST =
      List.of(
          ("Abbate Agosti Alberti Amato Arena Baldi Barone Basile Bassi Belli Berti Bianchi Bosco"
                  + " Bruni Calvi Campi Carli Caruso Casale Cattani Cerri Conti Coppola Corsi Costa"
                  + " Dani Denti Dolci Donati Elia Fabbri Falco Fanti Ferri Fiore Fontana Fusco"
                  + " Galli Gatti Gentile Giusti Grassi Greco Guerra Landi Lanza Leoni Longo Lupi"
                  + " Maggi Mancini Marchi Martini Melis Monti Moro Natale Neri Oliva Orsini Pace"
                  + " Pagani Parisi Pavan")
              .split(" ", -1));

  private Names() {}
}
