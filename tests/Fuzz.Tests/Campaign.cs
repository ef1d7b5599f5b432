using System.Diagnostics;
using System.Globalization;

namespace Toolkit.Fuzz.Tests;

/// <summary>Runs a range of cases, keeps one finding of each kind, and counts how the rest ended.</summary>
internal sealed class Campaign(FuzzRunner runner)
{
    private readonly Dictionary<string, (FuzzFinding First, int Count)> _findings = [];
    private readonly long[] _results = new long[Enum.GetValues<FuzzResult>().Length];

    /// <summary>The findings, one of each kind, with how often it was seen.</summary>
    public IReadOnlyCollection<(FuzzFinding First, int Count)> Findings => _findings.Values;

    /// <summary>The cases that have been run.</summary>
    public long Count => _results.Sum();

    /// <summary>The longest case.</summary>
    public TimeSpan Longest { get; private set; }

    /// <summary>How many cases ended so.</summary>
    public long CountOf(FuzzResult result) => _results[(int)result];

    /// <summary>Runs the cases <c>[first, first + count)</c>, or those for which there is time.</summary>
    public void Run(long first, long count, TimeSpan time, Action<long>? begin = null, Action<FuzzFinding>? found = null)
    {
        long start = Stopwatch.GetTimestamp();
        for (long number = first; number < first + count && Stopwatch.GetElapsedTime(start) < time; number++)
        {
            begin?.Invoke(number);
            long caseStart = Stopwatch.GetTimestamp();
            (FuzzResult result, FuzzFinding? finding) = runner.Run(number);
            TimeSpan elapsed = Stopwatch.GetElapsedTime(caseStart);
            Longest = elapsed > Longest ? elapsed : Longest;
            _results[(int)result]++;
            if (finding is null)
            {
                continue;
            }

            bool known = _findings.TryGetValue(finding.Signature, out (FuzzFinding First, int Count) seen);
            _findings[finding.Signature] = known ? (seen.First, seen.Count + 1) : (finding, 1);
            if (!known)
            {
                found?.Invoke(finding);
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Count} cases: {string.Join(", ", Enum.GetValues<FuzzResult>().Select(result => $"{result} {CountOf(result)}"))}; {_findings.Count} kinds of findings; longest {Longest.TotalMilliseconds:F0} ms");
}
