using System.Text;

namespace Toolkit.EdgeRuntime.Text;

/// <summary>The groups of letters that differ in case alone, as k, K and the Kelvin sign.</summary>
internal static class CaseOrbits
{
    // Above it no letter has cases.
    private const int Limit = 0x1E944;

    private static readonly Lazy<int[][]> All = new(Find);

    /// <summary>Every letter of the groups of which a set holds one.</summary>
    public static IEnumerable<(int First, int Last)> Touching(CodePointSet set) =>
        All.Value.Where(orbit => Array.Exists(orbit, set.Contains)).SelectMany(orbit => orbit).Select(letter => (letter, letter));

    private static int[][] Find()
    {
        var orbits = new Dictionary<int, List<int>>();
        for (int letter = 0; letter < Limit; letter++)
        {
            if (!Rune.IsValid(letter))
            {
                continue;
            }

            var rune = new Rune(letter);
            int key = Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune)).Value;
            if (key == letter && Rune.ToUpperInvariant(rune) == rune)
            {
                continue;
            }

            if (!orbits.TryGetValue(key, out List<int>? orbit))
            {
                orbit = [];
                orbits.Add(key, orbit);
            }

            orbit.Add(letter);
        }

        return [.. orbits.Values.Where(orbit => orbit.Count > 1).Select(orbit => orbit.ToArray())];
    }
}
