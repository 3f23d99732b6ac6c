<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>Your cart and checkout - Pill Meadow</title>
<meta name="description" content="" />
<meta name="keywords" content="cheap viagra, generic cialis, online drugstore, no prescription, antibiotics online" />
<link rel="stylesheet" type="text/css" href="/css/style.css?17" /><link rel="shortcut icon" href="/favicon.ico" />
<script type="text/javascript" src="/js/jquery-1.11.3.min.js"></script>
<script type="text/javascript">var curr="USD";var lang="en";function setCurr(c){document.cookie="curr="+c+"; path=/";location.reload();return false;}</script>

</head>
<body>
<div id="top"><table width="100%" cellpadding="0" cellspacing="0"><tr><td class="logo"><a href="/"><img src="/img/logo.png" alt="Pill Meadow" width="260" height="64" border="0" /></a></td><td class="phones">Toll free US: <b>+1 (332) 555-0117</b><br />Regular US: <b>+1 (332) 555-0118</b></td><td class="curr">Currency: <a href="#" onclick="return setCurr('USD')">USD</a> <a href="#" onclick="return setCurr('EUR')">EUR</a> <a href="#" onclick="return setCurr('GBP')">GBP</a> <a href="#" onclick="return setCurr('AUD')">AUD</a></td><td class="cart"><a href="/cart.php">Cart: <b>0</b> items, $0.00</a></td></tr></table></div>
<div id="menu"><ul><li><a href="/">Home</a></li><li><a href="/bestsellers.html">Bestsellers</a></li><li><a href="/faq.html">FAQ</a></li><li><a href="/shipping.html">Shipping &amp; Delivery</a></li><li><a href="/about.html">About us</a></li><li><a href="/policy.html">Our policies</a></li><li><a href="/contact.html">Contact us</a></li></ul></div>
<table id="wrap" width="1000" cellpadding="0" cellspacing="0" align="center"><tr valign="top"><td id="left" width="200">
<form action="/search.php" method="get"><input type="text" name="q" value="" size="16" /><input type="submit" value="Search" /></form>
<div class="cathead">Categories</div><ul class="cats"><li><a href="/bestsellers.html">Men's Health</a></li><li><a href="/viagra.html">Viagra</a></li><li><a href="/cialis.html">Cialis</a></li><li><a href="/amoxicillin.html">Antibiotics</a></li><li><a href="/propecia.html">Hair Loss</a></li><li><a href="/bestsellers.html">Weight Loss</a></li><li><a href="/bestsellers.html">Asthma</a></li><li><a href="/bestsellers.html">Pain Relief</a></li><li><a href="/bestsellers.html">Allergy</a></li><li><a href="/bestsellers.html">Blood Pressure</a></li><li><a href="/bestsellers.html">Diabetes</a></li><li><a href="/bestsellers.html">Skin Care</a></li></ul>
<div class="cathead">Why us</div><ul class="why"><li>No prescription required</li><li>4 free pills with every order</li><li>Pay with Bitcoin and save 20%</li><li>We ship worldwide</li><li>100% anonymous, discreet packaging</li></ul><div class="cathead">Testimonials</div><div class="testi">&laquo;Third order, same fast mail. You guys are my only drugstore now.&raquo;<br /><i>Barnaby Q., Ohio</i></div><div class="testi">&laquo;Package came in a plain envelope after 11 days. Pills do what they should.&raquo;<br /><i>Lars-Erik T., Malm&ouml;</i></div>
</td><td id="content">
<h1>Secure checkout</h1><table class="packs" width="100%"><tr><th>Product</th><th>Pack</th><th>Price</th></tr><tr><td>Generic Viagra 100mg</td><td>90 pills + 4 free Viagra pills</td><td>$99.90</td></tr><tr><td>Registered airmail</td><td>14-21 days</td><td>$9.95</td></tr><tr><td colspan="2"><b>Total</b></td><td><b>$109.85</b></td></tr></table><form action="/order.php" method="post" class="needs-validation">
<div class="mb-3"><label class="form-label" for="fname">First name</label><input class="form-control" type="text" id="fname" name="fname" required></div>
<div class="mb-3"><label class="form-label" for="lname">Last name</label><input class="form-control" type="text" id="lname" name="lname" required></div>
<div class="mb-3"><label class="form-label" for="addr">Street</label><input class="form-control" type="text" id="addr" name="addr" required></div>
<div class="mb-3"><label class="form-label" for="city">City</label><input class="form-control" type="text" id="city" name="city" required></div>
<div class="mb-3"><label class="form-label" for="zip">ZIP</label><input class="form-control" type="text" id="zip" name="zip" required></div>
<div class="mb-3"><label class="form-label" for="country">Country</label><select class="form-select" id="country" name="country"><option>United States</option><option>United Kingdom</option><option>Australia</option><option>Canada</option><option>Germany</option><option>France</option><option>Italy</option><option>Spain</option><option>Sweden</option><option>Japan</option><option>Brazil</option><option>Other</option></select></div>
<div class="mb-3"><label class="form-label" for="phone">Phone</label><input class="form-control" type="text" id="phone" name="phone"></div>
<div class="mb-3"><label class="form-label" for="email">E-mail</label><input class="form-control" type="email" id="email" name="email" required></div>
<div class="form-check"><input class="form-check-input" type="radio" id="pay-1" name="pay" value="1"><label class="form-check-label" for="pay-1">Bitcoin (20% off)</label></div>
<div class="form-check"><input class="form-check-input" type="radio" id="pay-2" name="pay" value="1"><label class="form-check-label" for="pay-2">Ethereum / USDT (20% off)</label></div>
<div class="form-check"><input class="form-check-input" type="radio" id="pay-3" name="pay" value="1"><label class="form-check-label" for="pay-3">Visa</label></div>
<button class="btn btn-primary button" type="submit">Complete order</button>
</form>

</td></tr></table>
<div id="footer"><p class="pay"><img src="/img/visa.gif" alt="Visa" /><img src="/img/btc.gif" alt="Bitcoin" /><img src="/img/eth.gif" alt="Ethereum" /><img src="/img/ems.gif" alt="EMS" /></p><p>All product names are trademarks of their holders and are used for reference only.</p><p><a href="/">Home</a> | <a href="/bestsellers.html">Bestsellers</a> | <a href="/faq.html">FAQ</a> | <a href="/shipping.html">Shipping &amp; Delivery</a> | <a href="/about.html">About us</a> | <a href="/policy.html">Our policies</a> | <a href="/contact.html">Contact us</a></p><p>Copyright &copy; 2011-2026 Pill Meadow. All rights reserved.</p></div>

</body>
</html>
