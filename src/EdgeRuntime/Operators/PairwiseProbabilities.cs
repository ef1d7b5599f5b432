namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// Probabilities of classes from those of their pairs: the p that minimises Σ (r[j,i] · p[i] - r[i,j] · p[j])². Wu, Lin and Weng, "Probability estimates for multi-class classification by pairwise coupling",
/// 2004, algorithm 2.
/// </summary>
internal static class PairwiseProbabilities
{
    /// <summary>The elements of working memory.</summary>
    public static int ScratchLength(int classes) => (classes * classes) + classes;

    /// <summary>Fills p.</summary>
    /// <param name="pairs">r[i, j], the probability of i against j, [classes, classes].</param>
    /// <param name="p">The result.</param>
    /// <param name="scratch">Working memory.</param>
    public static void Run(ReadOnlySpan<double> pairs, Span<double> p, Span<double> scratch)
    {
        int count = p.Length;
        Span<double> q = scratch[..(count * count)];
        Span<double> product = scratch.Slice(count * count, count);
        p.Fill(1.0 / count);
        for (int i = 0; i < count; i++)
        {
            double diagonal = 0;
            for (int j = 0; j < count; j++)
            {
                if (j != i)
                {
                    diagonal += pairs[(j * count) + i] * pairs[(j * count) + i];
                    q[(i * count) + j] = -pairs[(j * count) + i] * pairs[(i * count) + j];
                }
            }

            q[(i * count) + i] = diagonal;
        }

        double tolerance = 0.005 / count;
        for (int round = 0; round < Math.Max(100, count); round++)
        {
            double whole = 0;
            for (int i = 0; i < count; i++)
            {
                product[i] = 0;
                for (int j = 0; j < count; j++)
                {
                    product[i] += q[(i * count) + j] * p[j];
                }

                whole += p[i] * product[i];
            }

            double error = 0;
            foreach (double value in product)
            {
                error = Math.Max(error, Math.Abs(value - whole));
            }

            if (error < tolerance)
            {
                return;
            }

            for (int i = 0; i < count; i++)
            {
                double step = (whole - product[i]) / q[(i * count) + i];
                p[i] += step;
                whole = (whole + (step * ((step * q[(i * count) + i]) + (2 * product[i])))) / ((1 + step) * (1 + step));
                for (int j = 0; j < count; j++)
                {
                    product[j] = (product[j] + (step * q[(i * count) + j])) / (1 + step);
                    p[j] /= 1 + step;
                }
            }
        }
    }
}
