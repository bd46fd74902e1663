rootProject.name = "junit5-gradle-style"
