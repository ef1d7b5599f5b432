namespace Toolkit.Onnx.Operators;

/// <summary>
/// The terms of an Einstein summation, <c>bij,bjk->bik</c>: a label for each axis of each operand and of the result. A label of several
/// axes stands for one index; what the result lacks is summed over.
/// </summary>
public sealed class EinsumEquation
{
    // Labels of the axes that an ellipsis stands for, aligned at the end; a letter's label is its character.
    private const int EllipsisLabel = 1024;

    private EinsumEquation(int[][] operands, int[] result)
    {
        Operands = operands;
        Result = result;
    }

    /// <summary>The labels of each operand's axes.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Operands { get; }

    /// <summary>The labels of the result's axes.</summary>
    public IReadOnlyList<int> Result { get; }

    /// <summary>Reads an equation for operands of known ranks.</summary>
    /// <exception cref="FormatException">It is not one, or does not fit the ranks; the message says how.</exception>
    public static EinsumEquation Parse(string equation, IReadOnlyList<int> ranks)
    {
        string text = equation.Replace(" ", "", StringComparison.Ordinal);
        int arrow = text.IndexOf("->", StringComparison.Ordinal);
        string[] terms = (arrow < 0 ? text : text[..arrow]).Split(',');
        if (terms.Length != ranks.Count)
        {
            throw new FormatException($"expected a term for each of {ranks.Count} operands, got {terms.Length} in '{equation}'");
        }

        var operands = new int[terms.Length][];
        int ellipsisRank = 0;
        for (int i = 0; i < terms.Length; i++)
        {
            int letters = terms[i].Count(c => c != '.');
            bool hasEllipsis = terms[i].Contains("...", StringComparison.Ordinal);
            int rest = ranks[i] - letters;
            if (rest < 0 || (rest > 0 && !hasEllipsis))
            {
                throw new FormatException($"expected '{terms[i]}' to name the axes of an operand of rank {ranks[i]}");
            }

            operands[i] = Labels(terms[i], rest, equation);
            ellipsisRank = Math.Max(ellipsisRank, rest);
        }

        int[] result = arrow < 0 ? Implicit(operands) : Labels(text[(arrow + 2)..], ellipsisRank, equation);
        foreach (int label in result)
        {
            if (result.Count(other => other == label) > 1 || !Array.Exists(operands, operand => operand.Contains(label)))
            {
                throw new FormatException($"expected each label of the result once, and in an operand, got '{equation}'");
            }
        }

        return new EinsumEquation(operands, result);
    }

    private static int[] Labels(string term, int ellipsisRank, string equation)
    {
        var labels = new List<int>();
        bool seen = false;
        for (int i = 0; i < term.Length; i++)
        {
            if (char.IsAsciiLetter(term[i]))
            {
                labels.Add(term[i]);
            }
            else if (!seen && term.AsSpan(i).StartsWith("..."))
            {
                seen = true;
                i += 2;
                for (int axis = ellipsisRank; axis > 0; axis--)
                {
                    labels.Add(EllipsisLabel - axis);
                }
            }
            else
            {
                throw new FormatException($"expected letters and one ellipsis at most in a term, got '{equation}'");
            }
        }

        return [.. labels];
    }

    // Without an arrow: the ellipsis, then what occurs once, in alphabetical order.
    private static int[] Implicit(int[][] operands)
    {
        int[] all = [.. operands.SelectMany(operand => operand)];
        return [.. all.Where(label => label >= EllipsisLabel / 2).Distinct().Order(), .. all.Where(label => label < EllipsisLabel / 2 && all.Count(other => other == label) == 1).Order()];
    }
}
