namespace Toolkit.Cli.Health;

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">What.</param>
/// <param name="State">How it is.</param>
/// <param name="Detail">What was found, and where something is missing, what to do.</param>
internal sealed record HealthCheck(string Name, HealthState State, string Detail);
