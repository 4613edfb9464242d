package io.travaso.model;

import io.travaso.site.Site;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/** The sites of a process that dies at some time: a question then has no answer. */
final class Mortal {
  private final Death death;

  /** Two sites are asked at the same time. */
  private final AtomicInteger questions = new AtomicInteger();

  Mortal(Death death) {
    this.death = death;
  }

  /** What nobody catches. */
  static final class Died extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  Site site(Site site) {
    return (Site)
        Proxy.newProxyInstance(
            Site.class.getClassLoader(),
            new Class<?>[] {Site.class},
            (proxy, method, arguments) -> {
              boolean last =
                  method.getParameterCount() > 0 && questions.getAndIncrement() == death.question();
              if (last && !death.answered()) {
                throw new Died();
              }
              try {
                Object answer = method.invoke(site, arguments);
                if (last) {
                  throw new Died();
                }
                return answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
