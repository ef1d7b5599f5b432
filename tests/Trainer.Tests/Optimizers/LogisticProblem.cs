using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Initializers;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Optimizers;
using Toolkit.Trainer.Schedules;

namespace Toolkit.Trainer.Tests.Optimizers;

internal sealed class LogisticProblem(double[][] rows, double[] labels)
{
    public static LogisticProblem Make(int count, int features)
    {
        var random = new CounterRandom(11, 0);
        var rows = new double[count][];
        var labels = new double[count];
        for (int i = 0; i < count; i++)
        {
            rows[i] = [.. Enumerable.Range(0, features).Select(_ => (2 * random.NextDouble()) - 1), 1];
            double score = rows[i][0] - (2 * rows[i][1]) + (0.5 * rows[i][2]) + random.NextDouble() - 0.5;
            labels[i] = score > 0 ? 1 : -1;
        }

        return new LogisticProblem(rows, labels);
    }

    public double Evaluate(ReadOnlySpan<double> w, Span<double> gradient)
    {
        double value = 0;
        for (int c = 0; c < w.Length; c++)
        {
            double penalty = c == w.Length - 1 ? 0 : w[c];
            value += penalty * penalty / 2;
            gradient[c] = penalty;
        }

        for (int i = 0; i < rows.Length; i++)
        {
            double margin = labels[i] * Dot(rows[i], w);
            value += Math.Log(1 + Math.Exp(-margin));
            double slope = -labels[i] / (1 + Math.Exp(margin));
            for (int c = 0; c < w.Length; c++)
            {
                gradient[c] += slope * rows[i][c];
            }
        }

        return value;
    }

    public double[] Newton()
    {
        int n = rows[0].Length;
        var w = new double[n];
        var gradient = new double[n];
        for (int iteration = 0; iteration < 30; iteration++)
        {
            Evaluate(w, gradient);
            var system = new double[n, n + 1];
            for (int r = 0; r < n; r++)
            {
                system[r, r] = r == n - 1 ? 0 : 1;
                system[r, n] = gradient[r];
            }

            foreach (double[] row in rows)
            {
                double p = 1 / (1 + Math.Exp(-Dot(row, w)));
                for (int r = 0; r < n; r++)
                {
                    for (int c = 0; c < n; c++)
                    {
                        system[r, c] += p * (1 - p) * row[r] * row[c];
                    }
                }
            }

            double[] step = Solve(system, n);
            for (int c = 0; c < n; c++)
            {
                w[c] -= step[c];
            }
        }

        return w;
    }

    // Gauss-Jordan; the matrix is positive definite.
    private static double[] Solve(double[,] system, int n)
    {
        for (int pivot = 0; pivot < n; pivot++)
        {
            for (int r = 0; r < n; r++)
            {
                double factor = r == pivot ? 0 : system[r, pivot] / system[pivot, pivot];
                for (int c = pivot; c <= n; c++)
                {
                    system[r, c] -= factor * system[pivot, c];
                }
            }
        }

        return [.. Enumerable.Range(0, n).Select(r => system[r, n] / system[r, r])];
    }

    private static double Dot(double[] row, ReadOnlySpan<double> w)
    {
        double sum = 0;
        for (int c = 0; c < row.Length; c++)
        {
            sum += row[c] * w[c];
        }

        return sum;
    }
}
