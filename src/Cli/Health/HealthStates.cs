namespace Toolkit.Cli.Health;

/// <summary>The words for states.</summary>
internal static class HealthStates
{
    /// <summary>The word that is printed, and that JSON holds.</summary>
    public static string Word(this HealthState state) => state switch
    {
        HealthState.Ok => "ok",
        HealthState.Missing => "missing",
        _ => "broken",
    };
}
