// How the program ends: by a signal, by itself, by closing the terminal.
#pragma once

namespace terminal {

// SIGTERM and SIGINT end the program in an orderly way; a broken pipe is an error of the write that met it.
void install_signals();

// Readable once a stop signal came, so that every wait ends; -1 after it was taken.
int stop_descriptor();
void take_stop_signal();

// Asks the program to end after the running handler.
void request_stop(int deinit_reason, int exit_code);
bool stop_requested();
int deinit_reason();
int exit_code();

}  // namespace terminal
