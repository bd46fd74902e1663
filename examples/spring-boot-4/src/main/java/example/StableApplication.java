package example;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class StableApplication {

    public static void main(String[] args) {
        SpringApplication.run(StableApplication.class, args);
    }
}
