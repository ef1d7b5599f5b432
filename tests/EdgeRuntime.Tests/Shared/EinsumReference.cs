using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>Einstein summation by going over the values of all letters together.</summary>
internal static class EinsumReference
{
    public static Tensor Compute(string equation, params Tensor[] operands)
    {
        string text = equation.Replace(" ", "", StringComparison.Ordinal);
        string[] sides = text.Split("->");
        string[] terms = [.. sides[0].Split(',').Select((term, i) => Spell(term, operands[i].Shape.Rank))];
        int widest = operands.Select((operand, i) => Extra(sides[0].Split(',')[i], operand.Shape.Rank)).Max();
        string result = sides.Length > 1 ? Spell(sides[1], sides[1].Replace("...", "", StringComparison.Ordinal).Length + widest)
            : string.Concat(string.Concat(terms).Where(c => c > 127 || string.Concat(terms).Count(other => other == c) == 1).Distinct().OrderBy(c => c > 127 ? c - 10000 : c));
        char[] letters = [.. result, .. string.Concat(terms).Distinct().Except(result)];
        int[] sizes = [.. letters.Select(letter => terms.Select((term, i) => term.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var axis ? operands[i].Shape[axis] : -1).Where(size => size >= 0).Max())];
        double[][] values = [.. operands.Select(Elements.Of)];
        var shape = new Shape(sizes.AsSpan(0, result.Length));
        var sums = new double[shape.Length];
        long total = sizes.Aggregate(1L, (product, size) => product * size);
        for (long i = 0; i < total; i++)
        {
            var index = new Dictionary<char, int>();
            long rest = i;
            for (int k = letters.Length - 1; k >= 0; k--)
            {
                index[letters[k]] = (int)(rest % sizes[k]);
                rest /= sizes[k];
            }

            double product = 1;
            for (int operand = 0; operand < operands.Length; operand++)
            {
                product *= values[operand][At(terms[operand], operands[operand].Shape, index)];
            }

            sums[At(result, shape, index)] += product;
        }

        return Elements.From(operands[0].ElementType, shape, sums);
    }

    private static int Extra(string term, int rank) => term.Contains("...", StringComparison.Ordinal) ? rank - (term.Length - 3) : 0;

    // The axes of an ellipsis get letters of their own, the last the same one in every term.
    private static string Spell(string term, int rank)
    {
        int extra = Extra(term, rank);
        return term.Replace("...", string.Concat(Enumerable.Range(0, extra).Select(i => (char)(1000 - extra + i))), StringComparison.Ordinal);
    }

    private static int At(string term, Shape shape, Dictionary<char, int> index)
    {
        int at = 0;
        for (int axis = 0; axis < term.Length; axis++)
        {
            at = (at * shape[axis]) + (shape[axis] == 1 ? 0 : index[term[axis]]);
        }

        return at;
    }
}
