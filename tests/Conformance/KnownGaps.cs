using System.Text.RegularExpressions;

namespace Toolkit.Conformance.Tests;

/// <summary>
/// The cases that a backend is known not to pass, each with its reason: the lines <c>refused node/test_adam: …</c> of a file in Gaps.
/// </summary>
internal sealed partial class KnownGaps
{
    private const int ShortestReason = 10;

    private KnownGaps(IReadOnlyDictionary<string, GapKind> gaps) => Gaps = gaps;

    /// <summary>The kind of gap of each case.</summary>
    public IReadOnlyDictionary<string, GapKind> Gaps { get; }

    /// <summary>Reads the gaps of a backend in a set of cases.</summary>
    /// <exception cref="FormatException">A line is not one, or is out of order.</exception>
    public static KnownGaps Of(string set, string backend)
    {
        string name = $"{set}.{backend}.txt";
        using Stream stream = typeof(KnownGaps).Assembly.GetManifestResourceStream(name) ?? throw new FileNotFoundException($"Gaps/{name} is missing.");
        using var reader = new StreamReader(stream);
        return new KnownGaps(Parse(name, reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    /// <summary>Reads lines; those that begin with # are comments.</summary>
    public static IReadOnlyDictionary<string, GapKind> Parse(string name, IEnumerable<string> lines)
    {
        var gaps = new Dictionary<string, GapKind>(StringComparer.Ordinal);
        string last = "";
        foreach (string line in lines.Where(line => !line.StartsWith('#')))
        {
            Match match = Line().Match(line);
            if (!match.Success || match.Groups["reason"].Length < ShortestReason)
            {
                throw new FormatException($"Gaps/{name}: expected 'refused|differs|varies category/case: reason', got '{line}'.");
            }

            string test = match.Groups["case"].Value;
            if (string.CompareOrdinal(last, test) >= 0)
            {
                throw new FormatException($"Gaps/{name}: '{test}' stands after '{last}'; keep the cases sorted, each once.");
            }

            last = test;
            gaps.Add(test, Enum.Parse<GapKind>(match.Groups["kind"].Value, ignoreCase: true));
        }

        return gaps;
    }

    [GeneratedRegex(@"^(?<kind>refused|differs|varies) (?<case>[^ :]+/[^ :]+): (?<reason>.+)$")]
    private static partial Regex Line();
}
