namespace Toolkit.Cli;

/// <summary>How long one backend takes.</summary>
/// <param name="Backend">The backend.</param>
/// <param name="MedianMicroseconds">Half of the runs take at most this.</param>
/// <param name="P99Microseconds">99 of 100 runs take at most this.</param>
/// <param name="AllocatedBytesPerRun">Managed memory of all threads.</param>
/// <param name="Runs">Runs that were counted.</param>
internal sealed record Timing(string Backend, double MedianMicroseconds, double P99Microseconds, long AllocatedBytesPerRun, int Runs);
