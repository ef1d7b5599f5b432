namespace Toolkit.Trainer.Tests.Optimizers;

/// <summary>
/// The update rules written again for one parameter in binary64, term by term as Keras's sources and the papers state them, to compare the
/// optimizers with.
/// </summary>
internal static class ScalarOptimizers
{
    /// <summary>One step t = 1, 2, …: the new parameter, from the old one, its gradient and what the rule keeps.</summary>
    public delegate double Rule(int t, double w, double g, Dictionary<string, double> kept);

    public static Rule AdamW(double lr, double decay, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7) => (t, w, g, kept) =>
        Adam(lr, beta1, beta2, epsilon)(t, w - (w * decay * lr), g, kept);

    public static Rule Adam(double lr, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7, bool amsgrad = false) => (t, w, g, kept) =>
    {
        double m = kept["m"] = (beta1 * kept.GetValueOrDefault("m")) + ((1 - beta1) * g);
        double v = kept["v"] = (beta2 * kept.GetValueOrDefault("v")) + ((1 - beta2) * g * g);
        double greatest = kept["greatest"] = Math.Max(kept.GetValueOrDefault("greatest"), v);
        double alpha = lr * Math.Sqrt(1 - Math.Pow(beta2, t)) / (1 - Math.Pow(beta1, t));
        return w - (m * alpha / (Math.Sqrt(amsgrad ? greatest : v) + epsilon));
    };

    public static Rule Adamax(double lr, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7) => (t, w, g, kept) =>
    {
        double m = kept["m"] = (beta1 * kept.GetValueOrDefault("m")) + ((1 - beta1) * g);
        double u = kept["u"] = Math.Max(beta2 * kept.GetValueOrDefault("u"), Math.Abs(g));
        return w - (lr * m / ((1 - Math.Pow(beta1, t)) * (u + epsilon)));
    };

    public static Rule Nadam(double lr, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7) => (t, w, g, kept) =>
    {
        double u = beta1 * (1 - (0.5 * Math.Pow(0.96, t)));
        double uNext = beta1 * (1 - (0.5 * Math.Pow(0.96, t + 1)));
        double product = kept["product"] = kept.GetValueOrDefault("product", 1) * u;
        double m = kept["m"] = (beta1 * kept.GetValueOrDefault("m")) + ((1 - beta1) * g);
        double v = kept["v"] = (beta2 * kept.GetValueOrDefault("v")) + ((1 - beta2) * g * g);
        double ahead = (uNext * m / (1 - (product * uNext))) + ((1 - u) * g / (1 - product));
        return w - (ahead * lr / (Math.Sqrt(v / (1 - Math.Pow(beta2, t))) + epsilon));
    };

    public static Rule CenteredRmsProp(double lr, double momentum = 0, double rho = 0.9, double epsilon = 1e-7) => (t, w, g, kept) =>
    {
        double v = kept["v"] = (rho * kept.GetValueOrDefault("v")) + ((1 - rho) * g * g);
        double a = kept["a"] = (rho * kept.GetValueOrDefault("a")) + ((1 - rho) * g);
        double step = lr * g / Math.Sqrt(v - (a * a) + epsilon);
        double velocity = kept["velocity"] = (momentum * kept.GetValueOrDefault("velocity")) + step;
        return w - (momentum > 0 ? velocity : step);
    };

    /// <summary>The parameters after each step.</summary>
    public static double[][] Run(Rule rule, float[] start, float[][] gradients)
    {
        Dictionary<string, double>[] kept = [.. start.Select(_ => new Dictionary<string, double>())];
        double[] w = [.. start.Select(value => (double)value)];
        return [.. gradients.Select((step, t) => w = [.. w.Select((value, i) => rule(t + 1, value, step[i], kept[i]))])];
    }
}
