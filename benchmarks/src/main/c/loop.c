/* A plain loop with libmodbus: asks one device after the other, again and again.
 * Arguments: first port, devices, registers of each, seconds, interval in ms (0: none), time-out in ms.
 * Prints: cycles, registers, median and p99 of a cycle in ms, p99 of its lateness in ms, processor time in ms, memory in kB, wall time in ms. */
#include <errno.h>
#include <modbus.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

static double now_ms(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

int main(int argc, char **argv) {
    if (argc != 7) {
        fprintf(stderr, "usage: loop PORT DEVICES REGISTERS SECONDS INTERVAL_MS TIMEOUT_MS\n");
        return 2;
    }
    int port = atoi(argv[1]), devices = atoi(argv[2]), registers = atoi(argv[3]);
    double seconds = atof(argv[4]);
    long interval = atol(argv[5]), timeout = atol(argv[6]);
    modbus_t **context = calloc(devices, sizeof *context);
    int *connected = calloc(devices, sizeof *connected);
    double *took = malloc(1000000 * sizeof *took), *late = malloc(1000000 * sizeof *late);
    long cycles = 0, read = 0;
    for (int d = 0; d < devices; d++) {
        context[d] = modbus_new_tcp("127.0.0.1", port + d);
        modbus_set_slave(context[d], 1);
        modbus_set_response_timeout(context[d], timeout / 1000, timeout % 1000 * 1000);
        connected[d] = modbus_connect(context[d]) == 0;
    }
    double began = now_ms(CLOCK_MONOTONIC), end = began + seconds * 1e3;
    while (now_ms(CLOCK_MONOTONIC) < end && cycles < 1000000) {
        late[cycles] = 0;
        if (interval > 0) {
            double at = ((long)(now_ms(CLOCK_REALTIME) / interval) + 1) * (double)interval;
            struct timespec until = {(time_t)(at / 1e3), (long)(((long long)at) % 1000 * 1000000)};
            clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &until, NULL);
            late[cycles] = now_ms(CLOCK_REALTIME) - at;
        }
        double start = now_ms(CLOCK_MONOTONIC);
        for (int d = 0; d < devices; d++) {
            uint16_t values[125];
            if (!connected[d]) connected[d] = modbus_connect(context[d]) == 0;
            if (connected[d] && modbus_read_registers(context[d], 0, registers, values) == registers) {
                read += registers;
            } else if (connected[d]) {
                modbus_close(context[d]); /* a late answer must not be taken for the next one */
                connected[d] = 0;
            }
        }
        took[cycles++] = now_ms(CLOCK_MONOTONIC) - start;
    }
    double wall = now_ms(CLOCK_MONOTONIC) - began;
    qsort(took, cycles, sizeof *took, ascending);
    qsort(late, cycles, sizeof *late, ascending);
    /* not ru_maxrss: that is inherited from the program that started this one */
    long memory = 0;
    char text[256];
    FILE *status = fopen("/proc/self/status", "r");
    while (status && fgets(text, sizeof text, status)) sscanf(text, "VmHWM: %ld", &memory);
    if (status) fclose(status);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    long cpu = (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000
             + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
    long p99 = (long)(cycles * 0.99 + 0.999999) - 1;
    printf("%ld %ld %.3f %.3f %.0f %ld %ld %.1f\n", cycles, read, took[(cycles - 1) / 2], took[p99 < 0 ? 0 : p99],
           late[p99 < 0 ? 0 : p99], cpu, memory, wall);
    return 0;
}
