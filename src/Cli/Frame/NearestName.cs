using Toolkit.Trainer.Data;

namespace Toolkit.Cli.Frame;

/// <summary>Finds what a person meant to type.</summary>
internal static class NearestName
{
    /// <summary><c> Did you mean 'train'?</c> as the end of a message, or nothing where no name is near.</summary>
    public static string Hint(string typed, IEnumerable<string> known) =>
        NameSuggestion.Nearest(typed, known) is { } nearest ? $" Did you mean '{nearest}'?" : "";
}
